// Every network of tests/data/models and tests/data/clap as a model folder: `save_fixtures tests/data FOLDER`. For tests/golden/check_saved.py.
#include <filesystem>
#include <iostream>

#include "engine/base/file.h"
#include "engine/neural/checkpoint/json.h"
#include "engine/neural/device/executor.h"
#include "engine/neural/models/registry.h"
#include "tests/engine/neural/models/formula.h"

namespace fs = std::filesystem;
using namespace earmark;
using namespace earmark::neural;

namespace
{

Result<void> save(const fs::path& golden, const fs::path& folder)
{
    EARMARK_TRY(const std::string text, readFile(golden));
    EARMARK_TRY(const Json fixture, parseJson(text, golden));
    const Json& config = fixture["config"];
    const Family* family = findFamily(config["model_type"]);
    EARMARK_TRY(const auto model, family->build(config, golden, family->headOf(config["architectures"][0])));
    EARMARK_TRY(const auto extractor, featureExtractorFromJson("{}", config["model_type"]));
    fillByFormula(*model);
    fs::create_directories(folder);
    return saveModel({*model, *extractor}, folder);
}

} // namespace

int main(int count, char** arguments)
{
    if (count != 3) {
        std::cerr << "save_fixtures tests/data FOLDER\n";
        return 2;
    }
    int failed = 0;
    for (const char* kind : {"models", "clap"})
        for (const auto& entry : fs::directory_iterator(fs::path(arguments[1]) / kind)) {
            if (entry.path().extension() != ".json")
                continue;
            const auto saved = Executor::instance().run([&] { return save(entry.path(), fs::path(arguments[2]) / kind / entry.path().stem()); });
            if (saved)
                continue;
            std::cerr << saved.error().message << "\n";
            ++failed;
        }
    return failed > 0 ? 1 : 0;
}
