#include "engine/compute/model_card.h"

#include <bit>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "engine/base/file.h"
#include "engine/base/utf8.h"

namespace earmark
{

namespace
{

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::uint64_t mostConfig = 8u << 20;
constexpr std::uint64_t mostReadme = 1u << 20;
constexpr std::uint64_t mostHeader = 64u << 20;
constexpr std::size_t mostLabels = 100000;

/// What is nested deeper than any configuration is dropped.
Json parsed(std::string_view text)
{
    const auto shallow = [](int depth, Json::parse_event_t, Json&) { return depth < 16; };
    return Json::parse(text, shallow, false);
}

std::string textAt(const Json& object, const char* key)
{
    return object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : std::string();
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::string_view unquoted(std::string_view text)
{
    text = trimmed(text);
    if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
        text = text.substr(1, text.size() - 2);
    return text;
}

std::string_view takeLine(std::string_view& rest)
{
    const auto end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return line;
}

void addFlowList(std::string_view list, std::vector<std::string>& values)
{
    while (!list.empty()) {
        const auto comma = list.find(',');
        if (const auto value = unquoted(list.substr(0, comma)); !value.empty())
            values.push_back(toUtf8(std::string(value)));
        list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    }
}

std::vector<std::string> labelsOf(const Json& config)
{
    if (!config.contains("id2label") || !config["id2label"].is_object() || config["id2label"].size() > mostLabels)
        return {};
    std::map<long, std::string> byId;
    for (const auto& [id, label] : config["id2label"].items())
        if (label.is_string())
            byId.emplace(std::strtol(id.c_str(), nullptr, 10), label.get<std::string>());
    std::vector<std::string> labels;
    for (auto& [id, label] : byId)
        labels.push_back(std::move(label));
    return labels;
}

/// A base model's configuration has two labels that mean nothing.
bool arePlaceholders(const std::vector<std::string>& labels) { return !labels.empty() && labels.front() == "LABEL_0"; }

bool isWeightFile(const std::string& name)
{
    const auto starts = [&](std::string_view prefix, std::string_view suffix) { return name.starts_with(prefix) && name.ends_with(suffix); };
    return starts("model", ".safetensors") || starts("pytorch_model", ".bin");
}

void readWeights(const std::string& folder, ModelCard& card)
{
    std::error_code error;
    std::int64_t safe = 0, pickled = 0;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (!isWeightFile(name))
            continue;
        std::error_code ignored;
        const auto size = static_cast<std::int64_t>(fs::file_size(entry->path(), ignored));
        if (ignored)
            continue;
        (name.ends_with(".safetensors") ? safe : pickled) += size;
        if (name.ends_with(".safetensors"))
            card.parameters += parametersOf(entry->path().string());
    }
    card.bytes = safe > 0 ? safe : pickled; // the same weights, where a folder has both
}

} // namespace

std::vector<std::string> frontMatterValues(std::string_view readme, std::string_view key)
{
    std::vector<std::string> values;
    if (trimmed(takeLine(readme)) != "---")
        return values;
    bool inList = false;
    while (!readme.empty()) {
        const std::string_view line = takeLine(readme);
        const std::string_view text = trimmed(line);
        if (text == "---")
            break;
        if (inList && (text == "-" || text.starts_with("- "))) {
            addFlowList(text.substr(1), values);
            continue;
        }
        inList = line.starts_with(key) && line.substr(key.size()).starts_with(':');
        if (!inList)
            continue;
        std::string_view value = trimmed(line.substr(key.size() + 1));
        if (value.starts_with('[') && value.ends_with(']'))
            value = value.substr(1, value.size() - 2);
        addFlowList(value, values);
    }
    return values;
}

std::int64_t parametersOf(const std::string& safetensors)
{
    static_assert(std::endian::native == std::endian::little);
    std::ifstream file(safetensors, std::ios::binary);
    std::uint64_t length = 0;
    if (!file.read(reinterpret_cast<char*>(&length), sizeof length) || length == 0 || length > mostHeader)
        return 0;
    std::string header(length, '\0');
    if (!file.read(header.data(), static_cast<std::streamsize>(length)))
        return 0;
    const Json json = parsed(header);
    if (!json.is_object())
        return 0;
    double count = 0; // shapes are anyone's: no overflow
    for (const auto& [name, tensor] : json.items()) {
        if (name == "__metadata__" || !tensor.is_object() || !tensor.contains("shape") || !tensor["shape"].is_array())
            continue;
        double elements = 1;
        for (const Json& size : tensor["shape"])
            elements *= size.is_number_unsigned() ? size.get<double>() : 0;
        count += elements;
    }
    return count < 1e15 ? static_cast<std::int64_t>(count) : 0;
}

Result<ModelCard> readModelCard(const std::string& folder)
{
    const std::string path = folder + "/config.json";
    std::error_code ignored;
    if (!fs::exists(path, ignored))
        return failure("model.not_found", quoteName(folder) + " holds no config.json, so it is no model folder. Choose the folder that holds one.", folder);
    EARMARK_TRY(const std::string text, readFile(path, mostConfig));
    const Json config = parsed(text);
    if (!config.is_object())
        return failure("model.bad_config", quoteName(path) + " is no JSON object. Download the model again.", path);
    ModelCard card{.family = textAt(config, "model_type"), .problemType = textAt(config, "problem_type"), .labels = labelsOf(config)};
    if (arePlaceholders(card.labels))
        card.labels.clear();
    if (config.contains("architectures") && config["architectures"].is_array() && !config["architectures"].empty() && config["architectures"][0].is_string())
        card.architecture = config["architectures"][0].get<std::string>();
    card.hasHead = card.architecture.ends_with("Classification");
    if (const auto extractor = readFile(folder + "/preprocessor_config.json", mostConfig)) {
        const Json json = parsed(*extractor);
        if (json.is_object() && json.contains("sampling_rate") && json["sampling_rate"].is_number_unsigned())
            card.sampleRate = static_cast<int>(std::min<std::uint64_t>(json["sampling_rate"].get<std::uint64_t>(), 10'000'000));
    }
    if (const auto readme = readFile(folder + "/README.md", mostReadme)) {
        card.languages = frontMatterValues(*readme, "language");
        if (const auto licences = frontMatterValues(*readme, "license"); !licences.empty())
            card.licence = licences.front();
    }
    readWeights(folder, card);
    return card;
}

} // namespace earmark
