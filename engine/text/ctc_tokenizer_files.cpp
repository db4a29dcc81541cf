// From a model folder's files, or from texts, to a tokenizer.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/base/file.h"
#include "engine/text/ctc_tokenizer_data.h"
#include "engine/text/token_files.h"
#include "engine/text/unicode.h"

namespace earmark
{

namespace
{

constexpr const char* vocabularyFile = "vocab.json";
constexpr const char* configFile = "tokenizer_config.json";
constexpr const char* specialTokensFile = "special_tokens_map.json";
constexpr const char* addedTokensFile = "added_tokens.json";
constexpr std::uint64_t largestFile = 16u << 20;

} // namespace

class CtcTokenizer::Reader
{
public:
    Reader(const Files& files, const std::string& folder) : files_(files), folder_(folder) {}

    Result<Data> read(const std::string& language)
    {
        EARMARK_TRY(vocabulary_, parseObject(files_, folder_, vocabularyFile));
        EARMARK_TRY(config_, parseObject(files_, folder_, configFile));
        EARMARK_TRY(specialTokens_, parseObject(files_, folder_, specialTokensFile));
        EARMARK_TRY(addedTokens_, parseObject(files_, folder_, addedTokensFile));
        data_.files = files_;
        EARMARK_TRY_VOID(chooseLanguage(language));
        EARMARK_TRY_VOID(readVocabulary());
        readOptions();
        readSpecials();
        EARMARK_TRY_VOID(readAdded());
        addSpecials();
        addWholeEntries();
        countAll();
        return std::move(data_);
    }

private:
    /// Before transformers 4.34 the added and the special tokens had files of their own.
    bool isModern() const { return config_.contains("added_tokens_decoder"); }

    Result<void> chooseLanguage(const std::string& asked)
    {
        const std::string saved = textOf(config_, "target_lang", "");
        if (std::ranges::none_of(vocabulary_, [](const Json& value) { return value.is_object(); })) {
            if (!asked.empty())
                return failure("usage", quoteName(folder_) + " has no languages to choose from: leave out --target-lang.", folder_);
            return {};
        }
        data_.language = asked.empty() ? saved : asked;
        for (const auto& [name, value] : vocabulary_.items())
            data_.languages.push_back(name);
        const auto chosen = vocabulary_.find(data_.language);
        if (chosen == vocabulary_.end() || !chosen->is_object())
            return noSuchLanguage();
        vocabulary_ = Json(*chosen);
        if (saved == data_.language)
            return {};
        config_["target_lang"] = data_.language;
        data_.files[configFile] = config_.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
        return {};
    }

    tl::unexpected<Error> noSuchLanguage() const
    {
        std::string some;
        for (std::size_t i = 0; i < std::min<std::size_t>(data_.languages.size(), 12); ++i)
            some += (i ? ", " : "") + data_.languages[i];
        const std::string wanted = data_.language.empty() ? "needs to be told a language" : "knows no language " + quoteName(data_.language);
        return failure("usage", "The vocabulary of " + quoteName(folder_) + " " + wanted + ": give --target-lang with one of its " +
                                    std::to_string(data_.languages.size()) + ", such as " + some + ".",
                       folder_, {{"language", data_.language}});
    }

    Result<void> readVocabulary()
    {
        for (const auto& [token, value] : vocabulary_.items()) {
            const auto id = idIn(value);
            if (!id)
                return badFile(folder_, vocabularyFile, "gives " + quoteName(token) + " no id");
            data_.encoder[codePoints(token)] = *id;
            data_.decoder[*id] = codePoints(token);
        }
        if (data_.encoder.empty())
            return badFile(folder_, vocabularyFile, "holds no characters");
        return {};
    }

    void readOptions()
    {
        data_.delimiter = codePoints(textOf(config_, "word_delimiter_token", "|"));
        data_.spaceShown = codePoints(textOf(config_, "replace_word_delimiter_char", " "));
        data_.lowerCase = flagOf(config_, "do_lower_case", false);
        data_.cleansUp = flagOf(config_, "clean_up_tokenization_spaces", false);
        data_.splitsSpecial = flagOf(config_, "split_special_tokens", false);
    }

    void readSpecials()
    {
        const Json defaults = {{"bos_token", "<s>"}, {"eos_token", "</s>"}, {"unk_token", "<unk>"}, {"pad_token", "<pad>"}};
        for (const char* key : specialTokenKeys) {
            const Json& source = !isModern() && specialTokens_.contains(key) ? specialTokens_ : config_.contains(key) ? config_ : defaults;
            const std::u32string content = source.contains(key) ? remember(source.at(key)) : std::u32string();
            if (key == std::string_view("unk_token"))
                data_.unknown = content;
            if (key == std::string_view("pad_token"))
                data_.pad = content;
        }
        rememberMore(config_);
        if (!isModern())
            rememberMore(specialTokens_);
    }

    void rememberMore(const Json& source)
    {
        if (const auto more = source.find("additional_special_tokens"); more != source.end() && more->is_array())
            for (const Json& value : *more)
                remember(value);
    }

    /// Its text; "" where it is no token.
    std::u32string remember(const Json& value)
    {
        auto read = specialToken(value);
        if (!read)
            return {};
        const std::u32string content = read->token.content;
        if (!isSpecial(content))
            specials_.push_back(std::move(*read));
        return content;
    }

    bool isSpecial(const std::u32string& content) const
    {
        return std::ranges::any_of(specials_, [&](const SpecialToken& one) { return one.token.content == content; });
    }

    Result<void> readAdded()
    {
        if (const auto decoder = config_.find("added_tokens_decoder"); decoder != config_.end() && decoder->is_object()) {
            for (const auto& [key, value] : decoder->items()) {
                const auto id = idIn(key);
                if (!id || !value.is_object())
                    return badFile(folder_, configFile, "has an entry in added_tokens_decoder that is no token");
                data_.added.set(*id, addedToken(value));
            }
            return {};
        }
        for (const auto& [token, value] : addedTokens_.items()) {
            const auto id = idIn(value);
            if (!id)
                return badFile(folder_, addedTokensFile, "gives " + quoteName(token) + " no id");
            const std::u32string content = codePoints(token);
            data_.added.set(*id, {.content = content, .special = isSpecial(content), .normalized = !isSpecial(content)});
        }
        return {};
    }

    std::set<std::u32string> allTokens() const
    {
        std::set<std::u32string> all;
        for (const auto& [token, id] : data_.encoder)
            all.insert(token);
        for (const auto& [id, token] : data_.added.byId())
            all.insert(token.content);
        return all;
    }

    void addSpecials()
    {
        auto next = static_cast<std::int64_t>(allTokens().size());
        for (const SpecialToken& one : specials_) {
            if (data_.added.idOf(one.token.content) && !one.whole) // known by all that is told of it
                continue;
            const auto id = data_.inVocabulary(one.token.content);
            data_.added.set(id ? *id : next++, one.token);
        }
    }

    void addWholeEntries()
    {
        for (const auto& [key, value] : vocabulary_.items()) {
            const std::u32string token = codePoints(key);
            if (token.size() > 1)
                data_.added.set(*data_.inVocabulary(token), {.content = token, .lstrip = true, .rstrip = true});
        }
    }

    void countAll()
    {
        data_.size = static_cast<std::int64_t>(allTokens().size());
        for (const SpecialToken& one : specials_)
            data_.keptInLowerCase.push_back(one.token.content);
        for (const auto& [id, token] : data_.added.byId())
            if (!token.special && token.normalized)
                data_.keptInLowerCase.push_back(token.content);
    }

    const Files& files_;
    const std::string& folder_;
    Json vocabulary_, config_, specialTokens_, addedTokens_;
    std::vector<SpecialToken> specials_; ///< each text once, in upstream's order
    Data data_;
};

Result<CtcTokenizer> CtcTokenizer::fromFiles(Files files, const std::string& folder, const std::string& language)
{
    if (!files.contains(vocabularyFile))
        return failure("model.not_found",
                       quoteName(folder) + " has no " + vocabularyFile + ", so nobody can tell which characters its network means; "
                                                                         "fetch the tokenizer's files too.",
                       folder);
    EARMARK_TRY(Data data, Reader(files, folder).read(language));
    return CtcTokenizer(std::make_shared<const Data>(std::move(data)));
}

Result<CtcTokenizer> CtcTokenizer::load(const std::string& folder, const std::string& language)
{
    Files files;
    for (const char* name : {vocabularyFile, configFile, specialTokensFile, addedTokensFile}) {
        const std::string path = folder + "/" + name;
        std::error_code error;
        if (!std::filesystem::exists(path, error))
            continue;
        EARMARK_TRY(files[name], readFile(path, largestFile));
    }
    return fromFiles(std::move(files), folder, language);
}

Result<CtcTokenizer> CtcTokenizer::fromTexts(std::span<const std::string> texts)
{
    std::set<char32_t> characters = {U' '};
    for (const std::string& text : texts)
        for (const char32_t c : codePoints(text))
            characters.insert(c);
    characters.erase(U'|'); // means the space between words
    Json vocabulary = Json::object();
    for (const char32_t c : characters) {
        const std::string token = c == U' ' ? "|" : utf8Of(std::u32string_view(&c, 1));
        vocabulary[token] = vocabulary.size();
    }
    const std::size_t unknown = vocabulary.size(), pad = unknown + 1, begin = pad + 1, end = begin + 1;
    vocabulary["[UNK]"] = unknown;
    vocabulary["[PAD]"] = pad;
    const auto token = [](const char* content, bool strips) {
        return Json{{"content", content},     {"lstrip", strips}, {"normalized", false}, {"rstrip", strips},
                    {"single_word", false}, {"special", !strips}};
    };
    const Json config = {{"added_tokens_decoder",
                          {{std::to_string(unknown), token("[UNK]", true)},
                           {std::to_string(pad), token("[PAD]", true)},
                           {std::to_string(begin), token("<s>", false)},
                           {std::to_string(end), token("</s>", false)}}},
                         {"bos_token", "<s>"},
                         {"clean_up_tokenization_spaces", false},
                         {"do_lower_case", false},
                         {"eos_token", "</s>"},
                         {"pad_token", "[PAD]"},
                         {"processor_class", "Wav2Vec2Processor"},
                         {"replace_word_delimiter_char", " "},
                         {"target_lang", nullptr},
                         {"tokenizer_class", "Wav2Vec2CTCTokenizer"},
                         {"unk_token", "[UNK]"},
                         {"word_delimiter_token", "|"}};
    const Json special = {{"bos_token", "<s>"}, {"eos_token", "</s>"}, {"pad_token", "[PAD]"}, {"unk_token", "[UNK]"}};
    const Json added = {{"<s>", begin}, {"</s>", end}};
    Files files;
    const std::pair<const char*, const Json&> written[] = {
        {vocabularyFile, vocabulary}, {configFile, config}, {specialTokensFile, special}, {addedTokensFile, added}};
    for (const auto& [name, json] : written)
        files[name] = json.dump(2) + "\n";
    return fromFiles(std::move(files), "the new vocabulary");
}

} // namespace earmark
