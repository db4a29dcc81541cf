#include "engine/neural/features/feature_extractor.h"

#include <algorithm>

#include "engine/base/file.h"
#include "engine/neural/checkpoint/config.h"
#include "engine/neural/features/ast_feature_extractor.h"
#include "engine/neural/features/mctct_feature_extractor.h"
#include "engine/neural/features/clap_feature_extractor.h"
#include "engine/neural/features/wav2vec2_feature_extractor.h"
#include "engine/neural/features/whisper_feature_extractor.h"

namespace earmark::neural
{

namespace
{

constexpr std::int64_t highestRate = 768000;

/// The class upstream's AutoFeatureExtractor takes for a model type.
std::string extractorOf(const std::string& modelType)
{
    constexpr std::string_view waveform[] = {"wav2vec2",       "hubert", "unispeech", "unispeech-sat",     "wavlm",
                                             "data2vec-audio", "sew",    "sew-d",     "wav2vec2-conformer"};
    if (modelType == "audio-spectrogram-transformer")
        return "ASTFeatureExtractor";
    if (modelType == "whisper")
        return "WhisperFeatureExtractor";
    if (modelType == "mctct")
        return "MCTCTFeatureExtractor";
    if (modelType == "clap")
        return "ClapFeatureExtractor";
    return std::ranges::find(waveform, modelType) == std::end(waveform) ? "" : "Wav2Vec2FeatureExtractor";
}

/// Reads the keys that the options hold as int.
auto integersOf(ConfigReader& read)
{
    return [&read](const char* key, int byDefault, std::int64_t low, std::int64_t high) { return static_cast<int>(read.integer(key, byDefault, low, high)); };
}

/// What these classes must be for Earmark to compute the same.
void requireUsual(ConfigReader& read)
{
    read.integer("feature_size", 1, 1, 1);
    read.choice("padding_side", "right", {"right"});
}

Result<std::unique_ptr<FeatureExtractor>> makeWav2Vec2(const Json& json, const std::string& path)
{
    ConfigReader read(json, path);
    Wav2Vec2FeatureOptions options;
    requireUsual(read);
    options.sampling_rate = static_cast<int>(read.integer("sampling_rate", options.sampling_rate, 1, highestRate));
    options.padding_value = read.number("padding_value", options.padding_value, -1e6, 1e6);
    options.do_normalize = read.boolean("do_normalize", options.do_normalize);
    options.return_attention_mask = read.boolean("return_attention_mask", options.return_attention_mask);
    EARMARK_TRY_VOID(read.outcome());
    return std::make_unique<Wav2Vec2FeatureExtractor>(options, json.dump());
}

Result<std::unique_ptr<FeatureExtractor>> makeAst(const Json& json, const std::string& path)
{
    ConfigReader read(json, path);
    AstFeatureOptions options;
    requireUsual(read);
    options.sampling_rate = static_cast<int>(read.integer("sampling_rate", options.sampling_rate, 100, highestRate));
    options.num_mel_bins = static_cast<int>(read.integer("num_mel_bins", options.num_mel_bins, 1, 4096));
    options.max_length = read.integer("max_length", options.max_length, 1, 1'000'000);
    options.padding_value = read.number("padding_value", options.padding_value, -1e6, 1e6);
    options.do_normalize = read.boolean("do_normalize", options.do_normalize);
    options.mean = read.number("mean", options.mean, -1e6, 1e6);
    options.std = read.number("std", options.std, 1e-6, 1e6);
    options.return_attention_mask = read.boolean("return_attention_mask", options.return_attention_mask);
    read.require(options.num_mel_bins * options.max_length <= 64'000'000, "num_mel_bins times max_length is too large");
    EARMARK_TRY_VOID(read.outcome());
    return std::make_unique<AstFeatureExtractor>(options, json.dump());
}

Result<std::unique_ptr<FeatureExtractor>> makeWhisper(const Json& json, const std::string& path)
{
    ConfigReader read(json, path);
    WhisperFeatureOptions options;
    const auto integer = integersOf(read);
    read.choice("padding_side", "right", {"right"});
    options.feature_size = integer("feature_size", options.feature_size, 1, 1024);
    options.sampling_rate = integer("sampling_rate", options.sampling_rate, 1, highestRate);
    options.hop_length = integer("hop_length", options.hop_length, 1, highestRate);
    options.chunk_length = integer("chunk_length", options.chunk_length, 1, 3600);
    options.n_fft = integer("n_fft", options.n_fft, 2, 16384);
    options.padding_value = read.number("padding_value", options.padding_value, -1e6, 1e6);
    options.return_attention_mask = read.boolean("return_attention_mask", options.return_attention_mask);
    read.require(read.number("dither", 0, -1e6, 1e6) == 0, "its dither adds noise to every clip, which Earmark does not do; set it to 0");
    read.require(options.samples() <= 64'000'000 && options.feature_size * options.nb_max_frames() <= 64'000'000, "its chunk_length is too long");
    read.require(options.n_fft / 2 < options.samples() && options.nb_max_frames() >= 2, "its chunk_length is too short for n_fft or hop_length");
    EARMARK_TRY_VOID(read.outcome());
    return std::make_unique<WhisperFeatureExtractor>(options, json.dump());
}

/// Upstream's names for a window, and whether it is periodic.
void readWindow(ConfigReader& read, MctctFeatureOptions& options)
{
    const std::string name = read.choice("win_function", "hamming_window",
                                         {"hamming_window", "hamming", "hann_window", "hann", "povey", "boxcar"});
    options.periodic = name != "hamming_window";
    options.win_function = name.starts_with("hamming") ? WindowShape::hamming
                           : name.starts_with("hann")  ? WindowShape::hann
                           : name == "povey"           ? WindowShape::povey
                                                       : WindowShape::boxcar;
}

Result<std::unique_ptr<FeatureExtractor>> makeMctct(const Json& json, const std::string& path)
{
    ConfigReader read(json, path);
    MctctFeatureOptions options;
    const auto integer = integersOf(read);
    read.choice("padding_side", "right", {"right"});
    options.feature_size = integer("feature_size", options.feature_size, 1, 4096);
    options.sampling_rate = integer("sampling_rate", options.sampling_rate, 100, highestRate);
    options.padding_value = read.number("padding_value", options.padding_value, -1e6, 1e6);
    options.hop_length = integer("hop_length", options.hop_length, 1, 10000);
    options.win_length = integer("win_length", options.win_length, 1, 10000);
    readWindow(read, options);
    options.frame_signal_scale = read.number("frame_signal_scale", options.frame_signal_scale, -1e9, 1e9);
    options.preemphasis_coeff = read.number("preemphasis_coeff", options.preemphasis_coeff, 0, 1);
    options.mel_floor = read.number("mel_floor", options.mel_floor, 1e-30, 1e30);
    options.normalize_means = read.boolean("normalize_means", options.normalize_means);
    options.normalize_vars = read.boolean("normalize_vars", options.normalize_vars);
    options.return_attention_mask = read.boolean("return_attention_mask", options.return_attention_mask);
    EARMARK_TRY_VOID(read.outcome());
    read.require(options.frameSamples() >= 2 && options.frameSamples() <= 1 << 20 && options.hopSamples() >= 1,
                 "its win_length or hop_length is of no use at its sampling_rate");
    EARMARK_TRY_VOID(read.outcome());
    return std::make_unique<MctctFeatureExtractor>(options, json.dump());
}

Result<std::unique_ptr<FeatureExtractor>> makeClap(const Json& json, const std::string& path)
{
    ConfigReader read(json, path);
    ClapFeatureOptions options;
    const auto integer = integersOf(read);
    read.choice("padding_side", "right", {"right"});
    options.feature_size = integer("feature_size", options.feature_size, 1, 1024);
    options.sampling_rate = integer("sampling_rate", options.sampling_rate, 1, highestRate);
    options.hop_length = integer("hop_length", options.hop_length, 1, highestRate);
    options.max_length_s = integer("max_length_s", options.max_length_s, 1, 3600);
    options.fft_window_size = integer("fft_window_size", options.fft_window_size, 2, 16384);
    options.padding_value = read.number("padding_value", options.padding_value, -1e6, 1e6);
    options.return_attention_mask = read.boolean("return_attention_mask", options.return_attention_mask);
    options.frequency_min = read.number("frequency_min", options.frequency_min, 0, highestRate);
    options.frequency_max = read.number("frequency_max", options.frequency_max, 0, highestRate);
    options.truncation = read.choice("truncation", options.truncation, {"fusion", "rand_trunc"});
    options.padding = read.choice("padding", options.padding, {"repeatpad", "repeat", "pad"});
    read.require(options.fft_window_size % 2 == 0, "its fft_window_size must be even");
    read.require(options.frequency_min < options.frequency_max, "its frequency_min must be below frequency_max");
    read.require(options.samples() <= 64'000'000 && options.frames() * options.feature_size * options.channels() <= 64'000'000,
                 "its max_length_s is too long");
    EARMARK_TRY_VOID(read.outcome());
    return std::make_unique<ClapFeatureExtractor>(options, json.dump());
}

/// Upstream looks at preprocessor_config.json first, then into the processor's file.
Result<std::string> readExtractorFile(const std::string& folder, std::string& path)
{
    path = folder + "/preprocessor_config.json";
    auto text = readFile(path);
    if (text || text.error().code != "io.not_found")
        return text;
    auto processor = readFile(folder + "/processor_config.json");
    if (processor || processor.error().code != "io.not_found") {
        path = folder + "/processor_config.json";
        return processor;
    }
    return "{}"; // the class's defaults
}

} // namespace

Result<FeatureBatch> FeatureExtractor::extractBatch(std::span<const std::span<const float>> clips) const
{
    std::vector<Features> items;
    for (const auto& clip : clips) {
        EARMARK_TRY(Features features, extract(clip));
        items.push_back(std::move(features));
    }
    std::vector<const Features*> pointers;
    for (const Features& item : items)
        pointers.push_back(&item);
    return pad(pointers);
}

Result<std::unique_ptr<FeatureExtractor>>
featureExtractorFromJson(const std::string& text, const std::string& modelType, const std::string& path)
{
    EARMARK_TRY(Json json, parseJson(text, path));
    if (json.is_object() && json.contains("feature_extractor"))
        json = Json(json["feature_extractor"]);
    ConfigReader read(json, path);
    const std::string type = read.text("feature_extractor_type", extractorOf(modelType));
    EARMARK_TRY_VOID(read.outcome());
    if (type == "Wav2Vec2FeatureExtractor")
        return makeWav2Vec2(json, path);
    if (type == "ASTFeatureExtractor")
        return makeAst(json, path);
    if (type == "WhisperFeatureExtractor")
        return makeWhisper(json, path);
    if (type == "MCTCTFeatureExtractor")
        return makeMctct(json, path);
    if (type == "ClapFeatureExtractor")
        return makeClap(json, path);
    return failure("model.unsupported",
                   quoteName(path) + " asks for " +
                       (type.empty() ? "a feature extractor that it does not name" : quoteName(type)) +
                       ", which Earmark does not compute.",
                   path);
}

Result<std::unique_ptr<FeatureExtractor>> loadFeatureExtractor(const std::string& folder, const std::string& modelType)
{
    std::string path;
    EARMARK_TRY(const std::string text, readExtractorFile(folder, path));
    return featureExtractorFromJson(text, modelType, path);
}

} // namespace earmark::neural
