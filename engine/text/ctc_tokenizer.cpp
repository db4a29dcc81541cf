#include "engine/text/ctc_tokenizer.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <unordered_map>

#include "engine/base/file.h"
#include "engine/text/added_tokens.h"
#include "engine/text/unicode.h"

namespace earmark
{

namespace
{

using Json = nlohmann::json;
using Files = std::map<std::string, std::string>;

constexpr const char* vocabularyFile = "vocab.json";
constexpr const char* configFile = "tokenizer_config.json";
constexpr const char* specialTokensFile = "special_tokens_map.json";
constexpr const char* addedTokensFile = "added_tokens.json";
constexpr std::uint64_t largestFile = 16u << 20;
/// Upstream's order, which is the order in which tokens that the vocabulary lacks get their ids.
constexpr const char* specialTokenKeys[] = {"bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"};

tl::unexpected<Error> badFile(const std::string& folder, const char* file, const std::string& what)
{
    const std::string path = folder + "/" + file;
    return failure("model.bad_config", quoteName(path) + " " + what + "; correct it or fetch the file again.", path);
}

Result<Json> parse(const Files& files, const std::string& folder, const char* file)
{
    const auto text = files.find(file);
    if (text == files.end())
        return Json::object();
    const auto shallow = [](int depth, Json::parse_event_t, Json&) { return depth < 8; };
    Json json = Json::parse(text->second, shallow, false);
    if (!json.is_object())
        return badFile(folder, file, "is not a JSON object");
    return json;
}

std::string textOf(const Json& json, const char* key, const std::string& byDefault)
{
    const auto value = json.find(key);
    return value != json.end() && value->is_string() ? value->get<std::string>() : byDefault;
}

bool flag(const Json& json, const char* key, bool byDefault)
{
    const auto value = json.find(key);
    return value != json.end() && value->is_boolean() ? value->get<bool>() : byDefault;
}

/// An id as it stands in a file; nothing where it is no id.
std::optional<std::int64_t> idIn(const Json& value)
{
    if (!value.is_number_integer())
        return std::nullopt;
    const auto id = value.get<std::int64_t>();
    return id >= 0 && id < (std::int64_t(1) << 31) ? std::optional(id) : std::nullopt;
}

std::optional<std::int64_t> idIn(const std::string& key)
{
    return idIn(key.empty() || key.size() > 10 || key.find_first_not_of("0123456789") != std::string::npos ? Json() : Json(std::stoll(key)));
}

/// A token of its own: {"content": …, "lstrip": …}.
AddedToken addedToken(const Json& json)
{
    AddedToken token{.content = codePoints(textOf(json, "content", ""))};
    token.lstrip = flag(json, "lstrip", false);
    token.rstrip = flag(json, "rstrip", false);
    token.singleWord = flag(json, "single_word", false);
    token.special = flag(json, "special", false);
    token.normalized = flag(json, "normalized", !token.special);
    return token;
}

/// A special token as the files name it: by its text alone, or with what it does to the space around it.
struct SpecialToken {
    AddedToken token;
    bool whole = false;
};

std::optional<SpecialToken> specialToken(const Json& json)
{
    SpecialToken read;
    if (json.is_string()) {
        read.token.content = codePoints(json.get<std::string>());
    } else if (json.is_object() && json.contains("content")) {
        read.token = addedToken(json);
        read.whole = true;
    }
    read.token.special = true;
    return read.token.content.empty() ? std::nullopt : std::optional(std::move(read));
}

/// " 's" and its like lose their space.
std::string cleanedUp(std::string text)
{
    static constexpr std::pair<std::string_view, std::string_view> artefacts[] = {{" .", "."},     {" ?", "?"},   {" !", "!"},   {" ,", ","},     {" ' ", "'"},
                                                                                  {" n't", "n't"}, {" 'm", "'m"}, {" 's", "'s"}, {" 've", "'ve"}, {" 're", "'re"}};
    for (const auto& [from, to] : artefacts)
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
            text.replace(at, from.size(), to);
    return text;
}

} // namespace

struct CtcTokenizer::Data {
    Files files;
    std::string language;
    std::vector<std::string> languages;
    std::unordered_map<std::u32string, std::int64_t> encoder;
    std::unordered_map<std::int64_t, std::u32string> decoder;
    AddedTokens added;
    std::vector<std::u32string> special;         ///< all_special_tokens
    std::vector<std::u32string> keptInLowerCase; ///< tokens that do_lower_case passes over
    std::u32string unknown, pad;                 ///< "" where there is none
    std::u32string delimiter = U"|", spaceShown = U" ";
    bool lowerCase = false, cleansUp = false, splitsSpecial = false;
    std::int64_t size = 0;

    std::optional<std::int64_t> idOf(const std::u32string& token) const;
    std::u32string tokenOf(std::int64_t id) const;
    std::u32string prepared(std::u32string_view text) const;
    std::vector<std::u32string> tokenize(std::string_view text) const;

    Result<void> readVocabulary(const Json& vocabulary, const std::string& folder);
    Result<void> readAdded(const Json& config, const Json& addedTokens, const std::vector<SpecialToken>& specials, const std::string& folder);
    void addSpecials(const std::vector<SpecialToken>& specials);
    void addWholeEntries(const Json& vocabulary);
    std::optional<std::int64_t> inVocabulary(const std::u32string& token) const;
};

// ---- making one -----------------------------------------------------------------------------------------------------

std::optional<std::int64_t> CtcTokenizer::Data::inVocabulary(const std::u32string& token) const
{
    if (const std::int64_t* id = added.idOf(token))
        return *id;
    const auto found = encoder.find(token);
    return found == encoder.end() ? std::nullopt : std::optional(found->second);
}

Result<void> CtcTokenizer::Data::readVocabulary(const Json& vocabulary, const std::string& folder)
{
    for (const auto& [token, value] : vocabulary.items()) {
        const auto id = idIn(value);
        if (!id)
            return badFile(folder, vocabularyFile, "gives " + quoteName(token) + " no id");
        encoder[codePoints(token)] = *id;
        decoder[*id] = codePoints(token);
    }
    if (encoder.empty())
        return badFile(folder, vocabularyFile, "holds no characters");
    return {};
}

Result<void> CtcTokenizer::Data::readAdded(const Json& config, const Json& addedTokens, const std::vector<SpecialToken>& specials, const std::string& folder)
{
    if (const auto decoder = config.find("added_tokens_decoder"); decoder != config.end() && decoder->is_object()) {
        for (const auto& [key, value] : decoder->items()) {
            const auto id = idIn(key);
            if (!id || !value.is_object())
                return badFile(folder, configFile, "has an entry in added_tokens_decoder that is no token");
            added.set(*id, addedToken(value));
        }
        return {};
    }
    for (const auto& [token, value] : addedTokens.items()) { // before transformers 4.34
        const auto id = idIn(value);
        if (!id)
            return badFile(folder, addedTokensFile, "gives " + quoteName(token) + " no id");
        const std::u32string content = codePoints(token);
        const bool isSpecial = std::ranges::any_of(specials, [&](const SpecialToken& one) { return one.token.content == content; });
        added.set(*id, {.content = content, .special = isSpecial, .normalized = !isSpecial});
    }
    return {};
}

void CtcTokenizer::Data::addSpecials(const std::vector<SpecialToken>& specials)
{
    std::set<std::u32string> known;
    for (const auto& [token, id] : encoder)
        known.insert(token);
    for (const auto& [id, token] : added.byId())
        known.insert(token.content);
    auto next = static_cast<std::int64_t>(known.size());
    for (const SpecialToken& one : specials) {
        special.push_back(one.token.content);
        const std::int64_t* already = added.idOf(one.token.content);
        if (already && !one.whole) // known by all that is told of it
            continue;
        AddedToken token = one.token;
        const auto id = inVocabulary(token.content);
        added.set(id ? *id : next++, std::move(token));
    }
}

void CtcTokenizer::Data::addWholeEntries(const Json& vocabulary)
{
    for (const auto& [key, value] : vocabulary.items()) {
        const std::u32string token = codePoints(key);
        if (token.size() > 1)
            added.set(*inVocabulary(token), {.content = token, .lstrip = true, .rstrip = true});
    }
}

Result<CtcTokenizer> CtcTokenizer::fromFiles(Files files, const std::string& folder, const std::string& language)
{
    if (!files.contains(vocabularyFile))
        return failure("model.not_found",
                       quoteName(folder) + " has no " + vocabularyFile + ", so nobody can tell which characters its network means; "
                                                                         "fetch the tokenizer's files too.",
                       folder);
    EARMARK_TRY(Json vocabulary, parse(files, folder, vocabularyFile));
    EARMARK_TRY(Json config, parse(files, folder, configFile));
    EARMARK_TRY(const Json specialTokens, parse(files, folder, specialTokensFile));
    EARMARK_TRY(const Json addedTokens, parse(files, folder, addedTokensFile));
    const auto data = std::make_shared<Data>();

    const bool nested = std::ranges::any_of(vocabulary, [](const Json& value) { return value.is_object(); });
    data->language = language.empty() ? textOf(config, "target_lang", "") : language;
    if (nested) {
        for (const auto& [name, value] : vocabulary.items())
            data->languages.push_back(name);
        const auto chosen = vocabulary.find(data->language);
        if (chosen == vocabulary.end() || !chosen->is_object()) {
            std::string some;
            for (std::size_t i = 0; i < std::min<std::size_t>(data->languages.size(), 12); ++i)
                some += (i ? ", " : "") + data->languages[i];
            const std::string wanted = data->language.empty() ? "needs to be told a language" : "knows no language " + quoteName(data->language);
            return failure("usage", "The vocabulary of " + quoteName(folder) + " " + wanted + ": give --target-lang with one of its " +
                                        std::to_string(data->languages.size()) + ", such as " + some + ".",
                           folder, {{"language", data->language}});
        }
        const Json own = *chosen;
        vocabulary = own;
    } else if (!language.empty()) {
        return failure("usage", quoteName(folder) + " has no languages to choose from: leave out --target-lang.", folder);
    } else {
        data->language.clear();
    }
    EARMARK_TRY_VOID(data->readVocabulary(vocabulary, folder));

    const bool modern = config.contains("added_tokens_decoder");
    const Json defaults = {{"bos_token", "<s>"}, {"eos_token", "</s>"}, {"unk_token", "<unk>"}, {"pad_token", "<pad>"}};
    std::vector<SpecialToken> specials;
    const auto remember = [&](const Json& value) {
        auto read = specialToken(value);
        if (!read)
            return std::u32string();
        const std::u32string content = read->token.content;
        if (std::ranges::none_of(specials, [&](const SpecialToken& one) { return one.token.content == content; }))
            specials.push_back(std::move(*read));
        return content;
    };
    for (const char* key : specialTokenKeys) {
        const Json& source = !modern && specialTokens.contains(key) ? specialTokens : config.contains(key) ? config : defaults;
        const std::u32string content = source.contains(key) ? remember(source.at(key)) : std::u32string();
        if (key == std::string_view("unk_token"))
            data->unknown = content;
        if (key == std::string_view("pad_token"))
            data->pad = content;
    }
    for (const Json* source : {&std::as_const(config), modern ? nullptr : &specialTokens})
        if (const auto more = source ? source->find("additional_special_tokens") : config.cend(); source && more != source->end() && more->is_array())
            for (const Json& value : *more)
                remember(value);

    data->delimiter = codePoints(textOf(config, "word_delimiter_token", "|"));
    data->spaceShown = codePoints(textOf(config, "replace_word_delimiter_char", " "));
    data->lowerCase = flag(config, "do_lower_case", false);
    data->cleansUp = flag(config, "clean_up_tokenization_spaces", false);
    data->splitsSpecial = flag(config, "split_special_tokens", false);
    EARMARK_TRY_VOID(data->readAdded(config, addedTokens, specials, folder));
    data->addSpecials(specials);
    data->addWholeEntries(vocabulary);

    std::set<std::u32string> all;
    for (const auto& [token, id] : data->encoder)
        all.insert(token);
    data->keptInLowerCase = data->special;
    for (const auto& [id, token] : data->added.byId()) {
        all.insert(token.content);
        if (!token.special && token.normalized)
            data->keptInLowerCase.push_back(token.content);
    }
    data->size = static_cast<std::int64_t>(all.size());
    if (nested && textOf(config, "target_lang", "") != data->language) {
        config["target_lang"] = data->language;
        files[configFile] = config.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    }
    data->files = std::move(files);
    return CtcTokenizer(data);
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

// ---- text to ids ----------------------------------------------------------------------------------------------------

std::optional<std::int64_t> CtcTokenizer::Data::idOf(const std::u32string& token) const
{
    if (const auto id = inVocabulary(token))
        return id;
    const auto found = encoder.find(unknown);
    return found == encoder.end() ? std::nullopt : std::optional(found->second);
}

/// Under do_lower_case upstream lower-cases character by character, special tokens and line feeds left out, and then writes all in capitals.
std::u32string CtcTokenizer::Data::prepared(std::u32string_view text) const
{
    if (!lowerCase)
        return std::u32string(text);
    std::u32string lowered;
    for (std::size_t i = 0; i < text.size();) {
        const auto kept = std::ranges::find_if(keptInLowerCase, [&](const std::u32string& token) { return text.substr(i).starts_with(token); });
        if (kept != keptInLowerCase.end()) {
            lowered += *kept;
            i += kept->size();
        } else {
            lowered += text[i] == U'\n' ? std::u32string(1, text[i]) : earmark::lowerCase(text.substr(i, 1));
            ++i;
        }
    }
    return lowered;
}

std::vector<std::u32string> CtcTokenizer::Data::tokenize(std::string_view text) const
{
    const std::u32string whole = prepared(codePoints(text));
    const std::vector<std::u32string> pieces = splitsSpecial ? std::vector<std::u32string>{whole} : added.split(whole);
    std::vector<std::u32string> tokens;
    for (const std::u32string& piece : pieces) {
        if (!splitsSpecial && added.idOf(piece)) {
            tokens.push_back(piece);
            continue;
        }
        for (const char32_t c : lowerCase ? upperCase(piece) : piece) {
            if (c != U' ')
                tokens.emplace_back(1, c);
            else
                for (const char32_t part : delimiter)
                    tokens.emplace_back(1, part);
        }
    }
    return tokens;
}

Result<std::vector<std::int64_t>> CtcTokenizer::encode(std::string_view text) const
{
    std::vector<std::int64_t> ids;
    for (const std::u32string& token : data_->tokenize(text)) {
        const auto id = data_->idOf(token);
        if (!id)
            return failure("train.bad_labels", "The vocabulary has no " + quoteName(utf8Of(token)) + ", and no token for what it does not know; the text is " +
                                                   quoteName(text) + ".");
        ids.push_back(*id);
    }
    return ids;
}

bool CtcTokenizer::knows(char32_t character) const
{
    const std::u32string one(1, character);
    const std::u32string written = character == U' ' ? data_->delimiter : data_->lowerCase ? upperCase(data_->prepared(one)) : one;
    return std::ranges::all_of(written, [&](char32_t c) { return data_->inVocabulary(std::u32string(1, c)).has_value(); });
}

// ---- ids to text ----------------------------------------------------------------------------------------------------

std::u32string CtcTokenizer::Data::tokenOf(std::int64_t id) const
{
    if (const auto token = added.byId().find(id); token != added.byId().end())
        return token->second.content;
    const auto found = decoder.find(id);
    return found == decoder.end() ? unknown : found->second;
}

namespace
{

struct Spoken {
    std::u32string token;
    std::int64_t start = 0, end = 0;
};

/// _get_word_offsets: a word begins and ends where tokens change between the space and anything else.
std::vector<DecodedWord> wordsOf(const std::vector<Spoken>& tokens, const std::u32string& space)
{
    std::vector<DecodedWord> words;
    Spoken word;
    bool inWord = false;
    const auto finish = [&] { words.push_back({utf8Of(word.token), word.start, word.end}); };
    for (const Spoken& one : tokens) {
        const bool isSpace = one.token == space;
        if (!isSpace && inWord) {
            word.token += one.token;
            word.end = one.end;
        } else if (!isSpace) {
            word = one;
        } else if (inWord) {
            finish();
        }
        inWord = !isSpace;
    }
    if (inWord)
        finish();
    return words;
}

} // namespace

DecodedText CtcTokenizer::decode(std::span<const std::int64_t> ids, bool groups) const
{
    std::vector<Spoken> tokens;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto at = static_cast<std::int64_t>(i);
        std::u32string token = data_->tokenOf(ids[i]);
        if (groups && !tokens.empty() && tokens.back().token == token)
            tokens.back().end = at + 1;
        else
            tokens.push_back({std::move(token), at, at + 1});
    }
    std::erase_if(tokens, [&](const Spoken& one) { return !data_->pad.empty() && one.token == data_->pad; });
    std::u32string text;
    for (Spoken& one : tokens) {
        if (one.token == data_->delimiter)
            one.token = data_->spaceShown;
        text += one.token;
    }
    text = std::u32string(stripped(text));
    if (data_->lowerCase)
        text = earmark::lowerCase(text);
    std::string utf8 = utf8Of(text);
    return {data_->cleansUp ? cleanedUp(std::move(utf8)) : std::move(utf8), wordsOf(tokens, data_->spaceShown)};
}

// ---- the rest -------------------------------------------------------------------------------------------------------

std::int64_t CtcTokenizer::size() const { return data_->size; }

std::int64_t CtcTokenizer::padId() const { return data_->inVocabulary(data_->pad).value_or(-1); }

const std::string& CtcTokenizer::language() const { return data_->language; }

std::vector<std::string> CtcTokenizer::languages() const { return data_->languages; }

const Files& CtcTokenizer::files() const { return data_->files; }

Result<void> CtcTokenizer::save(const std::string& folder) const
{
    for (const auto& [name, content] : data_->files)
        EARMARK_TRY_VOID(writeFileAtomically(folder + "/" + name, content));
    return {};
}

} // namespace earmark
