// A zip whose entries lie uncompressed, as torch.save writes it. Knows no torch, so that a fuzzer can call it. Thread:
// any. Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (with its 64-bit extension).
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/error.h"

namespace earmark::neural
{

/// Name → bytes, both views of `file`. Compressed and encrypted entries are refused: there is nothing to inflate, so
/// nothing that bursts. Error: model.bad_weights.
Result<std::map<std::string_view, std::span<const std::byte>>> parseStoredZip(std::span<const std::byte> file,
                                                                              const std::string& path);

} // namespace earmark::neural
