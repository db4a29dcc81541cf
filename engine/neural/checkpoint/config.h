// Typed, range-checked reading of config.json and preprocessor_config.json. Thread: any.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/neural/checkpoint/json.h"

namespace earmark::neural
{

/// Reads key after key and remembers the first that cannot be used, so that a family's configuration reads as a list:
///     ConfigReader read(json, path);
///     config.hidden_size = read.integer("hidden_size", 768, 1, 65536);
///     EARMARK_TRY_VOID(read.outcome());
/// An absent or null key gives the default. Error: model.bad_config naming the key, the value and the range.
class ConfigReader
{
public:
    /// `json` must outlive the reader.
    ConfigReader(const Json& json, std::string path);

    std::int64_t integer(const char* key, std::int64_t byDefault, std::int64_t low, std::int64_t high);
    std::optional<std::int64_t> optionalInteger(const char* key, std::int64_t low, std::int64_t high);
    double number(const char* key, double byDefault, double low, double high);
    bool boolean(const char* key, bool byDefault);
    std::string text(const char* key, const std::string& byDefault);
    /// A text that must be one of `allowed`.
    std::string choice(const char* key, const std::string& byDefault, std::initializer_list<std::string_view> allowed);
    std::vector<std::int64_t> integers(const char* key, std::vector<std::int64_t> byDefault, std::int64_t low,
                                       std::int64_t high, std::size_t longest = 64);

    /// A list of texts; one text alone counts as a list of one.
    std::vector<std::string> texts(const char* key, std::vector<std::string> byDefault);
    /// True where the key is there and null, in the classes where that means something else than leaving it out.
    bool isNull(const char* key) const;

    /// A check of one's own, e.g. that two keys fit together.
    void require(bool holds, const std::string& sentence);

    Result<void> outcome() const;

private:
    const Json* find(const char* key) const;
    void refuse(const char* key, const std::string& wanted);

    const Json& json_;
    std::string path_;
    std::optional<Error> error_;
};

/// config.json of a model folder, whole: unknown keys are kept for saving. Errors: model.not_found, model.bad_config,
/// io.*.
Result<Json> readConfig(const std::string& folder);

/// The labels by id: of `id2label`, or LABEL_0… for `num_labels` (2 by default), as PretrainedConfig has it. An id that
/// `id2label` skips gets its LABEL_ name. Error: model.bad_config.
Result<std::vector<std::string>> labelsOf(const Json& config, const std::string& path);

/// Writes `id2label` and `label2id`.
void setLabels(Json& config, const std::vector<std::string>& labels);

} // namespace earmark::neural
