// Any bytes as the files of a byte-level tokenizer, and what it makes of texts and ids. The files are separated by zero bytes; the text is what follows them.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/roberta_tokenizer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static constexpr std::array names = {"tokenizer.json", "vocab.json", "merges.txt", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"};
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    std::map<std::string, std::string> files;
    for (const char* name : names) {
        const std::size_t end = rest.find('\0');
        if (end > 0 && !rest.empty()) // an empty one is not there
            files[name] = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    if (const auto tokenizer = earmark::RobertaTokenizer::fromFiles(files, "folder")) {
        std::vector<std::int64_t> ids = tokenizer->encode(rest);
        const auto cut = tokenizer->encode(rest, 3);
        (void)tokenizer->pad({ids, cut, {}});
        ids.insert(ids.end(), {0, 1, -1, 1 << 30});
        (void)tokenizer->decode(ids);
        (void)tokenizer->decode(ids, true);
    }
    return 0;
}
