// What many sound files are, found out on several threads.
// Private to the room.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/dataset/project.h"

namespace earmark
{

/// Content hash, facts, and whether the first tenth of a second really decodes. Thread: any.
/// Errors: io.*, audio.*: the reasons why a file is called broken.
Result<SourceFacts> examineFile(const std::string& path);

/// One result a path, in order. `progress` is called on this thread, now and then and at the end. Empty where stopped.
std::vector<Result<SourceFacts>> examineFiles(const std::vector<std::string>& paths, int threads,
                                              const std::function<void(std::size_t done)>& progress, std::stop_token stop);

} // namespace earmark
