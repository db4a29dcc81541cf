// Feature extractors against transformers' own numbers (tests/golden/features_golden.py), and what they refuse.
#include <cmath>
#include <thread>

#include <QTemporaryDir>
#include <QTest>

#include "engine/base/file.h"
#include "engine/neural/checkpoint/json.h"
#include "engine/neural/features/ast_feature_extractor.h"
#include "engine/neural/features/bin_statistics.h"
#include "engine/neural/features/normalise.h"
#include "engine/neural/features/window.h"

using namespace earmark;
using namespace earmark::neural;

namespace
{

/// As features_golden.py makes it, to the last bit.
std::vector<float> clip(std::int64_t length, std::uint32_t seed)
{
    std::vector<float> samples(static_cast<std::size_t>(length));
    std::uint32_t state = seed;
    for (std::int64_t i = 0; i < length; ++i) {
        state = state * 1664525u + 1013904223u;
        const double noise = seed % 2 ? (state >> 8) / 16777216.0 - 0.5 : 0.0;
        const double triangle = static_cast<double>(std::abs(i * (seed + 3) % 256 - 128)) / 128 - 0.5;
        samples[static_cast<std::size_t>(i)] =
            seed == 0 ? 0.0F : static_cast<float>(noise * 0.125 + triangle * 0.5 + 0.0625);
    }
    return samples;
}

struct Difference {
    double largest = 0;
    bool sameShape = false;
};

Difference compare(const Features& features, const Json& wanted)
{
    Difference difference;
    difference.sameShape =
        features.shape == wanted["shape"].get<std::vector<std::int64_t>>() && !features.values.empty();
    if (!difference.sameShape)
        return difference;
    for (std::size_t j = 0; j < wanted["values"].size(); ++j) {
        const double value = features.values[7919 * j % features.values.size()];
        const double distance = std::abs(value - wanted["values"][j].get<double>());
        difference.largest = std::isnan(distance) ? 1e9 : std::max(difference.largest, distance);
    }
    return difference;
}

#define COMPARE_FEATURES(features, wanted, tolerance)                                                                  \
    do {                                                                                                               \
        const Difference difference = compare(features, wanted);                                                       \
        QVERIFY(difference.sameShape);                                                                                 \
        QVERIFY2(difference.largest <= tolerance, qPrintable(QString::number(difference.largest)));                    \
    } while (false)

std::unique_ptr<FeatureExtractor> make(const Json& config, const char* modelType)
{
    return std::move(featureExtractorFromJson(config.dump(), modelType).value());
}

} // namespace

class FeaturesTest : public QObject
{
    Q_OBJECT

    Json golden_;

    void rows(const char* name)
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < golden_[name].size(); ++i) {
            const Json& wanted = golden_[name][i];
            const std::string title =
                std::to_string(i) + " " +
                wanted.value(name == std::string("spectrogram") ? "options" : "config", Json()).dump();
            QTest::newRow(title.c_str()) << static_cast<int>(i);
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        const std::string path =
            qEnvironmentVariable("EARMARK_SOURCE").toStdString() + "/tests/data/features/features.json";
        golden_ = readJson(path).value();
    }

    void wav2vec2_data() { rows("wav2vec2"); }

    void wav2vec2()
    {
        QFETCH(int, index);
        const Json& wanted = golden_["wav2vec2"][static_cast<std::size_t>(index)];
        const auto extractor = make(wanted["config"], "hubert");
        QCOMPARE(extractor->toJson(), wanted["json"].get<std::string>());
        std::vector<std::vector<float>> clips;
        for (const Json& length : wanted["lengths"])
            clips.push_back(clip(length.get<std::int64_t>(), static_cast<std::uint32_t>(2 * clips.size() + 1)));
        constexpr double tolerance = 1e-8; // nine digits are stored: the numbers are NumPy's to the last bit
        if (wanted["how"] == "extract") {
            COMPARE_FEATURES(extractor->extract(clips[0]).value(), wanted, tolerance);
            return;
        }
        FeatureBatch batch;
        if (wanted["how"] == "batch") {
            const std::vector<std::span<const float>> spans(clips.begin(), clips.end());
            batch = extractor->extractBatch(spans).value();
        } else {
            std::vector<Features> items;
            for (const auto& samples : clips)
                items.push_back(extractor->extract(samples).value());
            batch = extractor->pad(std::vector<const Features*>{&items[0], &items[1], &items[2]});
        }
        COMPARE_FEATURES(batch.input, wanted, tolerance);
        QCOMPARE(batch.attentionMask.size(), wanted["mask"].empty() ? 0 : batch.input.values.size());
        for (std::size_t i = 0; i < wanted["mask"].size(); ++i) {
            const auto row = std::span(batch.attentionMask).subspan(i * 1003, 1003);
            const auto valid = wanted["mask"][i].get<std::ptrdiff_t>();
            QCOMPARE(std::count(row.begin(), row.end(), 1), valid);
            QCOMPARE(std::count(row.begin(), row.begin() + valid, 1), valid);
        }
    }

    void ast_data() { rows("ast"); }

    void ast()
    {
        QFETCH(int, index);
        const Json& wanted = golden_["ast"][static_cast<std::size_t>(index)];
        const auto extractor = make(wanted["config"], "audio-spectrogram-transformer");
        QCOMPARE(extractor->toJson(), wanted["json"].get<std::string>());
        const auto samples = clip(wanted["length"].get<std::int64_t>(), wanted["seed"].get<std::uint32_t>());
        COMPARE_FEATURES(extractor->extract(samples).value(), wanted, 2e-6);
    }

    void clap_data() { rows("clap"); }

    /// After np.random.seed(42), as its header says.
    void clap()
    {
        QFETCH(int, index);
        const Json& wanted = golden_["clap"][static_cast<std::size_t>(index)];
        const auto extractor = make(wanted["config"], "clap");
        QCOMPARE(extractor->toJson(), wanted["json"].get<std::string>());
        std::vector<std::vector<float>> clips;
        for (const Json& length : wanted["lengths"])
            clips.push_back(clip(length.get<std::int64_t>(), static_cast<std::uint32_t>(2 * clips.size() + 1)));
        constexpr double tolerance = 1e-4; // of decibels: a hundred of them or so
        if (wanted["how"] == "extract") {
            const Features features = extractor->extract(clips[0]).value();
            COMPARE_FEATURES(features, wanted, tolerance);
            QCOMPARE(features.isLonger, wanted["longer"][0].get<bool>());
            return;
        }
        const std::vector<std::span<const float>> spans(clips.begin(), clips.end());
        const FeatureBatch batch = extractor->extractBatch(spans).value();
        COMPARE_FEATURES(batch.input, wanted, tolerance);
        QCOMPARE(batch.isLonger.size(), clips.size());
        for (std::size_t i = 0; i < clips.size(); ++i)
            QCOMPARE(batch.isLonger[i] == 1, wanted["longer"][i].get<bool>());
    }

    void clapRefuses()
    {
        const Json small{{"feature_size", 20}, {"max_length_s", 1}, {"sampling_rate", 4800}, {"hop_length", 48}, {"fft_window_size", 128}, {"frequency_max", 2400}};
        const auto extractor = make(small, "clap");
        QCOMPARE(extractor->extract({}).error().code, std::string("audio.empty"));
        QVERIFY(extractor->extract(clip(4000, 1)));
        QCOMPARE(extractor->extract(clip(9000, 1)).error().code, std::string("model.bad_config")); // fusion is for 64 bins, upstream too
        for (const char* const bad : {R"({"truncation": "none"})", R"({"padding": "mirror"})", R"({"max_length_s": 3601})", R"({"hop_length": 0})", R"({"fft_window_size": 1000000})",
                                      R"({"fft_window_size": 1023})", R"({"hop_length": 1, "max_length_s": 60})", R"({"frequency_min": 14000})", R"({"feature_size": 0})"}) {
            const auto made = featureExtractorFromJson(bad, "clap");
            QVERIFY2(!made && made.error().code == "model.bad_config", bad);
        }
    }

    void whisper_data() { rows("whisper"); }

    /// Upstream's transform in single precision is all that is left of the difference.
    void whisper()
    {
        QFETCH(int, index);
        const Json& wanted = golden_["whisper"][static_cast<std::size_t>(index)];
        const auto extractor = make(wanted["config"], "whisper");
        QCOMPARE(extractor->toJson(), wanted["json"].get<std::string>());
        const auto samples = clip(wanted["length"].get<std::int64_t>(), wanted["seed"].get<std::uint32_t>());
        COMPARE_FEATURES(extractor->extract(samples).value(), wanted, 2e-5);
    }

    void whisperHearsOneLength()
    {
        const auto extractor = make(Json{{"chunk_length", 1}, {"mel_filters", Json::array({1, 2})}, {"do_normalize", true}}, "whisper");
        QCOMPARE(extractor->fixedSamples(), 16000);
        QVERIFY(extractor->binsFirst() && !extractor->returnsAttentionMask());
        const auto samples = clip(20000, 1);
        const auto whole = extractor->extract(samples).value();
        QCOMPARE(whole.shape, (std::vector<std::int64_t>{80, 100}));
        QVERIFY(whole.values == extractor->extract(std::span(samples).first(16000)).value().values);
        const auto silence = extractor->extract(std::vector<float>(100, 0.0F)).value();
        QCOMPARE(std::ranges::count(silence.values, -1.5F), 8000);
        const std::vector<std::span<const float>> two{samples, std::span(samples).first(1)};
        const auto batch = extractor->extractBatch(two).value();
        QCOMPARE(batch.input.shape, (std::vector<std::int64_t>{2, 80, 100}));
        QVERIFY(batch.attentionMask.empty());
        QVERIFY(std::equal(whole.values.begin(), whole.values.end(), batch.input.values.begin()));
        QVERIFY(!Json::parse(extractor->toJson()).contains("mel_filters"));
    }

    void mctct_data() { rows("mctct"); }

    void mctct()
    {
        QFETCH(int, index);
        const Json& wanted = golden_["mctct"][static_cast<std::size_t>(index)];
        const auto extractor = make(wanted["config"], "mctct");
        QCOMPARE(extractor->toJson(), wanted["json"].get<std::string>());
        std::vector<std::vector<float>> clips;
        for (const Json& length : wanted["lengths"])
            clips.push_back(clip(length.get<std::int64_t>(), static_cast<std::uint32_t>(2 * clips.size()) + wanted["seed"].get<std::uint32_t>()));
        const std::vector<std::span<const float>> spans(clips.begin(), clips.end());
        const FeatureBatch batch = extractor->extractBatch(spans).value();
        COMPARE_FEATURES(batch.input, wanted, 1e-5);
        const std::int64_t frames = batch.input.shape[1];
        for (std::size_t i = 0; i < clips.size(); ++i) {
            const auto valid = wanted["mask"][i].get<std::int64_t>();
            const auto row = std::span(batch.attentionMask).subspan(i * static_cast<std::size_t>(frames), static_cast<std::size_t>(frames));
            QCOMPARE(std::count(row.begin(), row.end(), 1), valid);
            QCOMPARE(extractor->inputLength(static_cast<std::int64_t>(clips[i].size())), valid);
            QVERIFY(extractor->fewestSamples(valid) <= static_cast<std::int64_t>(clips[i].size()));
            QCOMPARE(extractor->inputLength(extractor->fewestSamples(valid)), valid);
            QCOMPARE(extractor->inputLength(extractor->fewestSamples(valid) - 1), valid - 1);
        }
    }

    void mctctOfSilence()
    {
        const auto features = make(Json::object(), "mctct")->extract(std::vector<float>(4000, 0.0F)).value();
        QCOMPARE(std::ranges::count(features.values, 0.0F), std::ssize(features.values)); // upstream: not a number
    }

    void spectrogram_data() { rows("spectrogram"); }

    void spectrogram()
    {
        QFETCH(int, index);
        const Json& wanted = golden_["spectrogram"][static_cast<std::size_t>(index)];
        const Json& options = wanted["options"];
        const std::map<std::string, WindowShape> windows{{"hann", WindowShape::hann},
                                                         {"hamming", WindowShape::hamming},
                                                         {"povey", WindowShape::povey},
                                                         {"boxcar", WindowShape::boxcar}};
        const std::map<std::string, LogScale> scales{
            {"log", LogScale::log}, {"log10", LogScale::log10}, {"dB", LogScale::decibel}};
        const std::map<std::string, MelScale> melScales{
            {"htk", MelScale::htk}, {"slaney", MelScale::slaney}, {"kaldi", MelScale::kaldi}};
        SpectrogramOptions spectrum;
        spectrum.hopLength = options["hop"];
        spectrum.fftLength = options["fft"];
        spectrum.power = options["power"];
        spectrum.center = options.value("center", true);
        spectrum.removeDcOffset = options.value("dc", false);
        if (options.contains("preemphasis"))
            spectrum.preemphasis = options["preemphasis"].get<double>();
        if (options.contains("range"))
            spectrum.decibelRange = options["range"].get<double>();
        if (options["log"].is_string())
            spectrum.scale = scales.at(options["log"]);
        std::optional<MelFilterBank> filters;
        if (options.contains("mel")) {
            const Json& mel = options["mel"];
            filters.emplace(MelOptions{.frequencyBins = spectrum.fftLength / 2 + 1,
                                       .filters = mel["filters"],
                                       .minimum = mel["min"],
                                       .maximum = mel["max"],
                                       .samplingRate = mel["rate"],
                                       .slaneyNorm = mel["norm"] == "slaney",
                                       .scale = melScales.at(mel["scale"])});
        }
        const Spectrogram made(spectrum, windowFunction(windows.at(options["window"]), options["frame"]), filters);
        Features features{made.compute(clip(4000, 1)), {made.frameCount(4000), made.rowSize()}};
        COMPARE_FEATURES(features, wanted, 1e-5);
    }

    void astTakesWhatFitsItsFrames()
    {
        AstFeatureOptions options{.num_mel_bins = 16, .max_length = 10};
        const AstFeatureExtractor extractor(options);
        QCOMPARE(extractor.fixedSamples(), 400 + 9 * 160);
        QCOMPARE(extractor.frameCount(extractor.fixedSamples()), 10);
        QCOMPARE(extractor.frameCount(extractor.fixedSamples() - 1), 9);
        QCOMPARE(extractor.frameCount(1'000'000), 10);
        const auto samples = clip(5000, 1);
        const auto whole = extractor.extract(samples).value();
        const auto cut =
            extractor.extract(std::span(samples).first(static_cast<std::size_t>(extractor.fixedSamples()))).value();
        QVERIFY(whole.values == cut.values);
        QCOMPARE(extractor.logMel(samples).value().shape, (std::vector<std::int64_t>{10, 16}));
        QVERIFY(!extractor.returnsAttentionMask());
        const std::vector<std::span<const float>> two{samples, std::span(samples).first(500)};
        const auto batch = extractor.extractBatch(two).value();
        QCOMPARE(batch.input.shape, (std::vector<std::int64_t>{2, 10, 16}));
        QVERIFY(batch.attentionMask.empty());
        QVERIFY(std::equal(whole.values.begin(), whole.values.end(), batch.input.values.begin()));
    }

    void refusesShortClips()
    {
        const auto ast = make(Json::object(), "audio-spectrogram-transformer");
        QCOMPARE(ast->extract({}).error().code, std::string("audio.empty"));
        QCOMPARE(ast->extract(clip(399, 1)).error().code, std::string("audio.too_short"));
        const auto whisper = make(Json::object(), "whisper");
        QCOMPARE(whisper->extract({}).error().code, std::string("audio.empty"));
        const auto mctct = make(Json::object(), "mctct");
        QCOMPARE(mctct->extract({}).error().code, std::string("audio.empty"));
        QCOMPARE(mctct->extract(clip(399, 1)).error().code, std::string("audio.too_short"));
        const auto wav = make(Json::object(), "wav2vec2");
        QCOMPARE(wav->extract({}).error().code, std::string("audio.empty"));
        const std::vector<std::span<const float>> clips(2);
        QCOMPARE(wav->extractBatch(clips).error().code, std::string("audio.empty"));
    }

    void readsTheConfiguration()
    {
        const auto nested =
            featureExtractorFromJson(R"({"processor_class": "P", "feature_extractor": {"feature_extractor_type":
            "Wav2Vec2FeatureExtractor", "sampling_rate": 8000, "own_key": [1]}})",
                                     "audio-spectrogram-transformer")
                .value()
                ->toJson();
        const Json json = Json::parse(nested);
        QCOMPARE(json["sampling_rate"].get<int>(), 8000);
        QVERIFY(json.contains("own_key") && !json.contains("processor_class"));
        auto extractor = make(Json{{"return_attention_mask", true}}, "wav2vec2");
        QVERIFY(extractor->returnsAttentionMask());
        extractor->setReturnAttentionMask(false);
        extractor->setDoNormalize(false);
        QCOMPARE(Json::parse(extractor->toJson())["do_normalize"].get<bool>(), false);
        QCOMPARE(Json::parse(extractor->toJson())["return_attention_mask"].get<bool>(), false);
    }

    void findsTheFileOfAFolder()
    {
        QTemporaryDir folder;
        const auto path = folder.path().toStdString();
        const auto rate = [&] { return loadFeatureExtractor(path, "wav2vec2").value()->samplingRate(); };
        QCOMPARE(rate(), 16000);
        QVERIFY(
            writeFileAtomically(path + "/processor_config.json", R"({"feature_extractor": {"sampling_rate": 8000}})"));
        QCOMPARE(rate(), 8000);
        QVERIFY(writeFileAtomically(path + "/preprocessor_config.json", R"({"sampling_rate": 22050})"));
        QCOMPARE(rate(), 22050);
        QVERIFY(writeFileAtomically(path + "/preprocessor_config.json", R"({"sampling_rate": )"));
        const auto error = loadFeatureExtractor(path, "wav2vec2").error();
        QCOMPARE(error.code, std::string("model.bad_config"));
        QCOMPARE(error.path, path + "/preprocessor_config.json");
    }

    void refusesConfigurations_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("modelType");
        QTest::addColumn<QString>("code");
        const QString ast = "audio-spectrogram-transformer", bad = "model.bad_config",
                      unsupported = "model.unsupported";
        QTest::newRow("rate") << R"({"sampling_rate": 1000000000000})"
                              << "wav2vec2" << bad;
        QTest::newRow("no rate") << R"({"sampling_rate": 0})" << ast << bad;
        QTest::newRow("bins") << R"({"num_mel_bins": 1000000})" << ast << bad;
        QTest::newRow("frames") << R"({"max_length": -1})" << ast << bad;
        QTest::newRow("both") << R"({"max_length": 1000000, "num_mel_bins": 4096})" << ast << bad;
        QTest::newRow("no deviation") << R"({"std": 0})" << ast << bad;
        QTest::newRow("dither") << R"({"dither": 0.001})"
                                << "whisper" << bad;
        QTest::newRow("long hop") << R"({"chunk_length": 1, "hop_length": 16001})"
                                  << "whisper" << bad;
        QTest::newRow("wide frame") << R"({"chunk_length": 1, "n_fft": 32000})"
                                    << "whisper" << bad;
        QTest::newRow("no hop") << R"({"hop_length": 1, "sampling_rate": 999})"
                                << "mctct" << bad;
        QTest::newRow("window") << R"({"win_function": "kaiser"})"
                                << "mctct" << bad;
        QTest::newRow("left") << R"({"padding_side": "left"})"
                              << "wav2vec2" << bad;
        QTest::newRow("channels") << R"({"feature_size": 2})"
                                  << "wav2vec2" << bad;
        QTest::newRow("list") << "[]"
                              << "wav2vec2" << bad;
        QTest::newRow("no JSON") << "{"
                                 << "wav2vec2" << bad;
        QTest::newRow("nested list") << R"({"feature_extractor": []})"
                                     << "wav2vec2" << bad;
        QTest::newRow("other class") << R"({"feature_extractor_type": "EncodecFeatureExtractor"})"
                                     << "wav2vec2" << unsupported;
        QTest::newRow("other family") << "{}"
                                      << "llama" << unsupported;
    }

    void refusesConfigurations()
    {
        QFETCH(QString, json);
        QFETCH(QString, modelType);
        QFETCH(QString, code);
        const auto made = featureExtractorFromJson(json.toStdString(), modelType.toStdString());
        QVERIFY(!made);
        QCOMPARE(made.error().code, code.toStdString());
    }

    void threadsGetTheSame()
    {
        const auto extractor = make(Json::object(), "audio-spectrogram-transformer");
        const auto samples = clip(20000, 1);
        const auto alone = extractor->extract(samples).value().values;
        std::vector<std::vector<float>> results(4);
        {
            std::vector<std::jthread> threads;
            for (auto& result : results)
                threads.emplace_back([&] {
                    const auto own =
                        make(Json::object(), "audio-spectrogram-transformer"); // plans made by several threads
                    result = own->extract(samples).value().values;
                });
        }
        for (const auto& result : results)
            QVERIFY(result == alone);
    }

    void statisticsByBin()
    {
        BinStatistics statistics;
        statistics.add(Features{{1, 10, 3, 10, 99, 99}, {3, 2}}, 2); // the last row is padding
        statistics.add(Features{{5, 40}, {1, 2}});
        QCOMPARE(statistics.frames(), 3);
        QCOMPARE(statistics.mean(), (std::vector<double>{3, 20}));
        QCOMPARE(statistics.std()[0], std::sqrt(8.0 / 3));
        QCOMPARE(statistics.std()[1], std::sqrt(200.0));
        QCOMPARE(statistics.overallMean(), 11.5);
        QCOMPARE(statistics.overallStd(), std::sqrt((8.0 / 3 + 200 + 2 * 8.5 * 8.5) / 2));
        BinStatistics constant;
        constant.add(Features{{2, 2}, {2, 1}});
        QVERIFY(constant.std()[0] > 0);
    }
};

QTEST_GUILESS_MAIN(FeaturesTest)
#include "tst_features.moc"
