// RobertaTokenizerFast of transformers 4.57.6 with tokenizers 0.22: text to the ids of byte-level byte pairs between <s> and </s>, and back. What networks
// that compare sounds with texts (CLAP) read. Thread: any; a tokenizer does not change once it is made. Files are not trusted.
// Errors: model.not_found, model.bad_config, model.unsupported, io.*.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"

namespace earmark
{

/// Texts as one table, row by row; shorter ones filled up.
struct TokenBatch {
    std::int64_t rows = 0, length = 0;
    std::vector<std::int64_t> ids;
    std::vector<std::int64_t> mask; ///< 1 where there is text, 0 where it is filled up
};

class RobertaTokenizer
{
public:
    /// Of a model folder: tokenizer.json, else vocab.json and merges.txt; and where there are any tokenizer_config.json, special_tokens_map.json and
    /// added_tokens.json.
    static Result<RobertaTokenizer> load(const std::string& folder);
    /// The same from the files' contents by name; `folder` names them in errors.
    static Result<RobertaTokenizer> fromFiles(std::map<std::string, std::string> files, const std::string& folder);
    /// Whether a folder has files to load() from.
    static bool isIn(const std::string& folder);

    /// With <s> and </s>; where there are more than `most`, the text is cut so that so many remain. 0: all of it.
    std::vector<std::int64_t> encode(std::string_view text, std::int64_t most = 0) const;
    /// `padding=True`: all as long as the longest.
    TokenBatch pad(const std::vector<std::vector<std::int64_t>>& texts) const;
    std::string decode(std::span<const std::int64_t> ids, bool skipsSpecial = false) const;

    std::int64_t size() const;    ///< len(tokenizer): the vocabulary with what was added to it
    std::int64_t padId() const;
    std::int64_t longest() const; ///< model_max_length, 2^62 where the files do not say

    /// By name: what was loaded, which is what save() writes.
    const std::map<std::string, std::string>& files() const;
    Result<void> save(const std::string& folder) const;

private:
    struct Data;
    class Reader; ///< from files to data
    explicit RobertaTokenizer(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
    std::shared_ptr<const Data> data_;
};

} // namespace earmark
