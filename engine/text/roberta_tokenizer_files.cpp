// From a model folder's files to a tokenizer.
#include <algorithm>
#include <filesystem>

#include "engine/base/file.h"
#include "engine/text/roberta_tokenizer_data.h"
#include "engine/text/token_files.h"
#include "engine/text/unicode.h"

namespace earmark
{

namespace
{

constexpr const char* wholeFile = "tokenizer.json";
constexpr const char* vocabularyFile = "vocab.json";
constexpr const char* mergesFile = "merges.txt";
constexpr const char* configFile = "tokenizer_config.json";
constexpr const char* specialTokensFile = "special_tokens_map.json";
constexpr const char* addedTokensFile = "added_tokens.json";
constexpr std::uint64_t largestFile = 64u << 20;

bool exists(const std::string& path)
{
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

/// A part of a file that may be absent or null.
const Json& partOf(const Json& json, const char* key)
{
    static const Json nothing;
    const auto found = json.is_object() ? json.find(key) : json.end();
    return found == json.end() ? nothing : *found;
}

bool isNothing(const Json& value) { return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty()) || value == 0 || value == false; }

/// The two parts of a line of merges.txt; nothing where there are more or fewer.
std::optional<std::pair<std::string, std::string>> partsOf(const std::string& line)
{
    constexpr const char* space = " \t\r";
    const std::size_t first = line.find_first_not_of(space), last = line.find_last_not_of(space);
    const std::size_t end = line.find_first_of(space, first), second = line.find_first_not_of(space, end);
    if (first == std::string::npos || end == std::string::npos || second == std::string::npos || line.find_first_of(space, second) <= last)
        return std::nullopt;
    return std::pair(line.substr(first, end - first), line.substr(second, last + 1 - second));
}

} // namespace

class RobertaTokenizer::Reader
{
public:
    Reader(const Files& files, const std::string& folder) : files_(files), folder_(folder) {}

    Result<Data> read()
    {
        EARMARK_TRY(config_, parseObject(files_, folder_, configFile));
        EARMARK_TRY(specialTokens_, parseObject(files_, folder_, specialTokensFile));
        EARMARK_TRY(addedTokens_, parseObject(files_, folder_, addedTokensFile));
        data_.files = files_;
        EARMARK_TRY_VOID(checkClass());
        EARMARK_TRY_VOID(files_.contains(wholeFile) ? readWhole() : readParts());
        EARMARK_TRY_VOID(readAdded());
        readSpecials();
        EARMARK_TRY_VOID(readAround());
        readOptions();
        for (const auto& [id, token] : data_.added)
            (token.normalized ? data_.second : data_.first).add(id, token);
        data_.size = static_cast<std::int64_t>(data_.pairs.size()) + beyond_;
        return std::move(data_);
    }

private:
    tl::unexpected<Error> unsupported(const char* file, const std::string& what) const
    {
        const std::string path = folder_ + "/" + file;
        return failure("model.unsupported", quoteName(path) + " " + what + ", and Earmark reads byte-level byte pairs as RoBERTa has them; fetch the model's own files.",
                       path);
    }

    Result<void> checkClass() const
    {
        const std::string name = textOf(config_, "tokenizer_class", "RobertaTokenizer");
        if (name != "RobertaTokenizer" && name != "RobertaTokenizerFast" && name != "PreTrainedTokenizerFast" && name != "TokenizersBackend")
            return unsupported(configFile, "is of the class " + quoteName(name));
        return {};
    }

    // ---- vocabulary and merges --------------------------------------------------------------------------------------

    Result<void> readVocabulary(const Json& vocabulary, const char* file)
    {
        if (!vocabulary.is_object() || vocabulary.empty())
            return badFile(folder_, file, "holds no vocabulary");
        for (const auto& [token, value] : vocabulary.items()) {
            const auto id = idIn(value);
            if (!id)
                return badFile(folder_, file, "gives " + quoteName(token) + " no id");
            data_.pairs.addToken(token, static_cast<std::int32_t>(*id));
        }
        return {};
    }

    Result<void> addMerge(const std::string& left, const std::string& right, const char* file)
    {
        if (!data_.pairs.addMerge(left, right))
            return badFile(folder_, file, "joins " + quoteName(left) + " and " + quoteName(right) + ", and one of them or both together are not in the vocabulary");
        return {};
    }

    Result<void> addMerge(const std::string& line, const char* file)
    {
        const auto parts = partsOf(line);
        if (!parts)
            return badFile(folder_, file, "has the merge " + quoteName(line) + ", which is not of two parts");
        return addMerge(parts->first, parts->second, file);
    }

    Result<void> readWhole()
    {
        EARMARK_TRY(whole_, parseObject(files_, folder_, wholeFile));
        const Json& model = partOf(whole_, "model");
        if (!model.is_object() || textOf(model, "type", "BPE") != "BPE")
            return unsupported(wholeFile, "holds another kind of model");
        for (const char* key : {"dropout", "continuing_subword_prefix", "end_of_word_suffix", "byte_fallback", "ignore_merges"})
            if (!isNothing(partOf(model, key)))
                return unsupported(wholeFile, std::string("sets ") + key);
        if (!isNothing(partOf(whole_, "normalizer")))
            return unsupported(wholeFile, "has a normalizer");
        const Json& words = partOf(whole_, "pre_tokenizer");
        if (!words.is_object() || textOf(words, "type", "") != "ByteLevel" || !flagOf(words, "use_regex", true))
            return unsupported(wholeFile, "cuts a text into words in another way");
        EARMARK_TRY_VOID(readVocabulary(partOf(model, "vocab"), wholeFile));
        EARMARK_TRY_VOID(readMerges(partOf(model, "merges")));
        if (const std::string unknown = textOf(model, "unk_token", ""); !unknown.empty()) {
            if (data_.pairs.idOf(unknown) < 0)
                return badFile(folder_, wholeFile, "has the unk_token " + quoteName(unknown) + ", which is not in the vocabulary");
            data_.pairs.setUnknown(data_.pairs.idOf(unknown), flagOf(model, "fuse_unk", false));
        }
        return {};
    }

    Result<void> readMerges(const Json& merges)
    {
        if (!merges.is_array())
            return badFile(folder_, wholeFile, "holds no merges");
        for (const Json& merge : merges) {
            if (merge.is_string()) {
                EARMARK_TRY_VOID(addMerge(merge.get<std::string>(), wholeFile));
            } else if (merge.is_array() && merge.size() == 2 && merge[0].is_string() && merge[1].is_string()) {
                EARMARK_TRY_VOID(addMerge(merge[0].get<std::string>(), merge[1].get<std::string>(), wholeFile));
            } else {
                return badFile(folder_, wholeFile, "has a merge that is not of two parts");
            }
        }
        return {};
    }

    Result<void> readParts()
    {
        EARMARK_TRY(const Json vocabulary, parseObject(files_, folder_, vocabularyFile));
        EARMARK_TRY_VOID(readVocabulary(vocabulary, vocabularyFile));
        const std::string& text = files_.at(mergesFile);
        // Upstream takes the first line for the version and what follows the last line feed for nothing.
        for (std::size_t start = text.find('\n'), end = 0; start != std::string::npos; start = end) {
            end = text.find('\n', start + 1);
            if (end == std::string::npos)
                break;
            EARMARK_TRY_VOID(addMerge(text.substr(start + 1, end - start - 1), mergesFile));
        }
        return {};
    }

    // ---- tokens of their own ----------------------------------------------------------------------------------------

    std::int64_t idOf(const std::u32string& content) const
    {
        const auto known = addedIds_.find(content);
        return known != addedIds_.end() ? known->second : data_.pairs.idOf(utf8Of(content));
    }

    void add(AddedToken token, bool changes)
    {
        if (token.content.empty())
            return;
        std::int64_t id = idOf(token.content);
        if (id >= 0 && data_.added.contains(id) && !changes)
            return;
        if (id < 0) {
            const auto vocabulary = static_cast<std::int64_t>(data_.pairs.size());
            const std::int64_t last = data_.added.empty() ? -1 : data_.added.rbegin()->first;
            id = std::max(last + 1, vocabulary);
            ++beyond_;
        }
        addedIds_[token.content] = id;
        data_.added[id] = std::move(token);
    }

    Result<void> readAdded()
    {
        if (const Json& list = partOf(whole_, "added_tokens"); list.is_array())
            for (const Json& one : list) {
                if (!one.is_object() || !partOf(one, "content").is_string())
                    return badFile(folder_, wholeFile, "has an entry in added_tokens that is no token");
                add(addedToken(one), true);
            }
        std::map<std::int64_t, AddedToken> known;
        if (const Json& decoder = partOf(config_, "added_tokens_decoder"); decoder.is_object()) {
            for (const auto& [key, value] : decoder.items()) {
                const auto id = idIn(key);
                if (!id || !value.is_object())
                    return badFile(folder_, configFile, "has an entry in added_tokens_decoder that is no token");
                known[*id] = addedToken(value);
            }
        } else if (whole_.is_null()) {
            for (const auto& [token, value] : addedTokens_.items()) {
                const auto id = idIn(value);
                if (!id)
                    return badFile(folder_, addedTokensFile, "gives " + quoteName(token) + " no id");
                known[*id] = {.content = codePoints(token), .normalized = true};
            }
        }
        for (auto& [id, token] : known)
            add(std::move(token), true);
        return {};
    }

    /// Where the configuration lists the added tokens, its special tokens are those; before transformers 4.34 they had a file of their own.
    const Json& specialsSource(const char* key) const
    {
        static const Json defaults = {{"bos_token", "<s>"},   {"eos_token", "</s>"}, {"unk_token", "<unk>"}, {"sep_token", "</s>"},
                                      {"pad_token", "<pad>"}, {"cls_token", "<s>"},  {"mask_token", "<mask>"}};
        if (config_.contains(key))
            return config_;
        return !config_.contains("added_tokens_decoder") && specialTokens_.contains(key) ? specialTokens_ : defaults;
    }

    void readSpecials()
    {
        for (const char* key : specialTokenKeys) {
            auto read = specialToken(partOf(specialsSource(key), key));
            if (!read)
                continue;
            special_[key] = read->token.content;
            if (!read->whole && key == std::string_view("mask_token"))
                read->token.lstrip = read->whole = true;
            const std::int64_t id = idOf(read->token.content);
            const bool listed = config_.contains("added_tokens_decoder") && data_.added.contains(id);
            add(std::move(read->token), read->whole && !listed);
        }
        for (const Json* source : {&config_, &specialTokens_})
            if (const Json& more = partOf(*source, "additional_special_tokens"); more.is_array())
                for (const Json& value : more)
                    if (auto read = specialToken(value))
                        add(std::move(read->token), false);
        for (auto& [id, token] : data_.added)
            for (const auto& [role, content] : special_)
                token.special = token.special || content == token.content;
        data_.pad = special_.contains("pad_token") ? idOf(special_.at("pad_token")) : 0;
    }

    // ---- the rest ---------------------------------------------------------------------------------------------------

    /// What stands around a text: as tokenizer.json says, else the special tokens for it.
    Result<void> readAround()
    {
        if (whole_.is_null()) {
            data_.begin = special_.contains("cls_token") ? idOf(special_.at("cls_token")) : -1;
            data_.end = special_.contains("sep_token") ? idOf(special_.at("sep_token")) : -1;
            return {};
        }
        const Json& processor = partOf(whole_, "post_processor");
        const std::string type = textOf(processor, "type", "");
        if (processor.is_null() || type == "ByteLevel")
            return {};
        if (type != "RobertaProcessing" && type != "BertProcessing")
            return unsupported(wholeFile, "puts other tokens around a text");
        const auto idAt = [&](const char* key) {
            const Json& token = partOf(processor, key);
            return token.is_array() && token.size() == 2 ? idIn(token[1]) : std::nullopt;
        };
        const auto begin = idAt("cls"), end = idAt("sep");
        if (!begin || !end)
            return badFile(folder_, wholeFile, "has a post_processor without the tokens cls and sep");
        data_.begin = *begin;
        data_.end = *end;
        return {};
    }

    void readOptions()
    {
        data_.prefixSpace = flagOf(config_, "add_prefix_space", false);
        data_.cleansUp = flagOf(config_, "clean_up_tokenization_spaces", false);
        data_.padsLeft = textOf(config_, "padding_side", "right") == "left";
        data_.cutsLeft = textOf(config_, "truncation_side", "right") == "left";
        if (const Json& longest = partOf(config_, "model_max_length"); longest.is_number() && longest.get<double>() >= 1)
            data_.longest = static_cast<std::int64_t>(std::min(longest.get<double>(), static_cast<double>(data_.longest)));
    }

    const Files& files_;
    const std::string& folder_;
    Json whole_, config_, specialTokens_, addedTokens_;
    std::map<std::string, std::u32string> special_; ///< by key
    std::map<std::u32string, std::int64_t> addedIds_;
    std::int64_t beyond_ = 0;                       ///< tokens that the vocabulary lacks
    Data data_;
};

Result<RobertaTokenizer> RobertaTokenizer::fromFiles(Files files, const std::string& folder)
{
    if (!files.contains(wholeFile) && !(files.contains(vocabularyFile) && files.contains(mergesFile)))
        return failure("model.not_found",
                       quoteName(folder) + " has neither tokenizer.json nor vocab.json with merges.txt, so no text can be read to its network; "
                                           "fetch the tokenizer's files too.",
                       folder);
    EARMARK_TRY(Data data, Reader(files, folder).read());
    return RobertaTokenizer(std::make_shared<const Data>(std::move(data)));
}

bool RobertaTokenizer::isIn(const std::string& folder)
{
    const auto has = [&](const char* name) { return exists(folder + "/" + name); };
    return has(wholeFile) || (has(vocabularyFile) && has(mergesFile));
}

Result<RobertaTokenizer> RobertaTokenizer::load(const std::string& folder)
{
    Files files;
    for (const char* name : {wholeFile, vocabularyFile, mergesFile, configFile, specialTokensFile, addedTokensFile}) {
        const std::string path = folder + "/" + name;
        if (exists(path)) {
            EARMARK_TRY(files[name], readFile(path, largestFile));
        }
    }
    return fromFiles(std::move(files), folder);
}

} // namespace earmark
