// Wav2Vec2CTCTokenizer of transformers 4.57.6 (tokenization_wav2vec2.py, tokenization_utils.py): text to the ids of characters and back, with the
// grouping of repeated ids, the blank and the word offsets of greedy CTC decoding (Graves et al., ICML 2006).
// Thread: any; a tokenizer does not change once it is made. Files are not trusted. Errors: model.not_found, model.bad_config, io.*.
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

struct DecodedWord {
    std::string word; ///< as the vocabulary writes it: do_lower_case does not reach it, as upstream
    std::int64_t start = 0, end = 0; ///< frames, half open
};

struct DecodedText {
    std::string text;
    std::vector<DecodedWord> words;
};

class CtcTokenizer
{
public:
    /// vocab.json, and where there are any tokenizer_config.json, special_tokens_map.json and added_tokens.json of a model folder. `language` chooses
    /// in a vocabulary that is nested by language; where empty, what tokenizer_config.json says.
    static Result<CtcTokenizer> load(const std::string& folder, const std::string& language = {});
    /// The same from the files' contents by name; `folder` names them in errors.
    static Result<CtcTokenizer> fromFiles(std::map<std::string, std::string> files, const std::string& folder, const std::string& language = {});
    /// A new vocabulary as the recognition example makes it: each character of the texts, sorted, the space written "|", then [UNK] and [PAD].
    static Result<CtcTokenizer> fromTexts(std::span<const std::string> texts);

    /// Ids without padding. Error: train.bad_labels for a character that the vocabulary lacks where it has no unknown token.
    Result<std::vector<std::int64_t>> encode(std::string_view text) const;
    /// `groups`: repeated ids count once, as in what a network says; not so in a label.
    DecodedText decode(std::span<const std::int64_t> ids, bool groups = true) const;

    std::int64_t size() const;             ///< len(tokenizer): the vocabulary with what was added to it
    std::int64_t padId() const;            ///< the blank; −1 where there is none
    const std::string& language() const;   ///< "" for a flat vocabulary
    std::vector<std::string> languages() const;
    bool knows(char32_t character) const;  ///< as encode sees it: not unknown

    /// By name: what save_pretrained writes. A tokenizer that was loaded keeps its files as they are, but for the language chosen.
    const std::map<std::string, std::string>& files() const;
    Result<void> save(const std::string& folder) const;

private:
    struct Data;
    class Reader; ///< from files to data
    explicit CtcTokenizer(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
    std::shared_ptr<const Data> data_;
};

} // namespace earmark
