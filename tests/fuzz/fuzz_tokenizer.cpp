// Any bytes as the files of a recognition tokenizer, and what it makes of texts and ids. The files are separated by zero bytes.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/ctc_tokenizer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static constexpr std::array names = {"vocab.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"};
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    std::map<std::string, std::string> files;
    for (const char* name : names) {
        const std::size_t end = rest.find('\0');
        files[name] = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    if (const auto tokenizer = earmark::CtcTokenizer::fromFiles(files, "folder")) {
        std::vector<std::int64_t> ids = {0, 1, 1, 2, 3, 3, 4, 1 << 30, -1};
        if (const auto encoded = tokenizer->encode(rest))
            ids.insert(ids.end(), encoded->begin(), encoded->end());
        (void)tokenizer->decode(ids);
        (void)tokenizer->decode(ids, false);
    }
    return 0;
}
