// A model folder that nobody trained, the same every time. Thread: any.
#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "engine/neural/checkpoint/json.h"
#include "engine/neural/device/executor.h"
#include "engine/neural/models/registry.h"
#include "engine/text/ctc_tokenizer.h"

#undef slots
#include <QtGlobal>

namespace earmark::neural
{

/// `config` is config.json without its model_type, `preprocessor` the other file. `tokenizer` may be null.
inline void saveUntrained(const std::string& modelType, Json config, const std::string& preprocessor, const std::string& folder, Head head = Head::base,
                          const CtcTokenizer* tokenizer = nullptr)
{
    config["model_type"] = modelType;
    std::filesystem::create_directories(folder);
    Executor::instance().run([&] {
        const auto model = findFamily(modelType)->build(config, "config.json", head);
        if (!model)
            qFatal("%s", model.error().message.c_str());
        std::set<std::string> names;
        for (const auto& item : (*model)->named_parameters())
            names.insert(item.key());
        fillParameters(**model, names, at::make_generator<at::CPUGeneratorImpl>(1));
        const auto extractor = featureExtractorFromJson(preprocessor, modelType);
        if (!extractor || !saveModel({**model, **extractor, tokenizer}, folder))
            qFatal("%s cannot be written", folder.c_str());
    });
}

} // namespace earmark::neural
