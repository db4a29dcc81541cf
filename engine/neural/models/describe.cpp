#include "engine/neural/models/describe.h"

#include <cstdio>
#include <filesystem>

#include "engine/base/file.h"
#include "engine/neural/models/classification_loss.h"
#include "engine/neural/models/registry.h"

namespace earmark::neural
{

namespace
{

namespace fs = std::filesystem;

std::int64_t weightBytes(const std::string& folder)
{
    std::int64_t bytes = 0;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename();
        const bool weights = name.ends_with(".safetensors") || (name.starts_with("pytorch_model") && name.ends_with(".bin"));
        if (weights && entry.is_regular_file(error))
            bytes += static_cast<std::int64_t>(entry.file_size(error));
    }
    return bytes;
}

} // namespace

Result<ModelDescription> describeModelFolder(const std::string& folder)
{
    EARMARK_TRY(const LoadedModel loaded, loadModel(folder, {}));
    const Model& model = *loaded.model;
    ModelDescription description{.path = folder, .family = model.modelType(), .architecture = model.architecture()};
    description.task = model.task();
    description.problemType = problemTypeOf(model);
    for (const torch::Tensor& parameter : model.parameters())
        description.parameters += parameter.numel();
    description.bytes = weightBytes(folder);
    description.sampleRate = loaded.extractor->samplingRate();
    description.labels = model.labels();
    description.newlyMade = loaded.report.newlyMade;
    description.leftOver = loaded.report.leftOver;
    description.remarks = loaded.report.remarks;
    description.facts = model.facts();
    if (const std::int64_t fixed = loaded.extractor->fixedSamples()) {
        char seconds[32];
        std::snprintf(seconds, sizeof seconds, "%.4g", static_cast<double>(fixed) / loaded.extractor->samplingRate());
        description.remarks.push_back({.code = "model.fixed_input",
                                       .message = "The model's input is fixed: longer clips are cut after " + std::string(seconds) + " s, shorter ones filled up.",
                                       .parameters = {{"seconds", seconds}},
                                       .causes = {}});
    }
    return description;
}

Result<void> writeScratchModel(const std::string& preset, const std::vector<std::string>& labels, std::uint64_t seed, const std::string& out)
{
    EARMARK_TRY(const LoadedModel made, createModel(preset, {.labels = labels, .seed = seed}));
    std::error_code error;
    if (fs::exists(fs::symlink_status(out, error)))
        return failure("usage.out_exists", quoteName(out) + " exists; give another name, or remove it.", out);
    return writeFolderAtomically(out, [&](const std::string& folder) { return saveModel(made.parts(), folder); });
}

} // namespace earmark::neural
