// Where a model lies that is called by a name: a folder, or in the local Hugging Face Hub cache. Nothing is ever fetched. Thread: any.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.h"

namespace earmark
{

/// The model folder for a path or for OWNER/NAME[@REVISION] in the cache. Errors: model.not_found.
Result<std::string> findModel(const std::string& name);

struct CachedModel {
    std::string name; ///< "owner/name"
    std::string path; ///< its snapshot
};

/// $HF_HUB_CACHE, else $HF_HOME/hub, else the user's cache folder, as `huggingface_hub` has it.
std::string hubCacheFolder();

/// Models in the cache that have a config.json, by name.
std::vector<CachedModel> cachedModels();

} // namespace earmark
