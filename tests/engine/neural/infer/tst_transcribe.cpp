// Transcribing with small untrained recognisers: clips as if alone, windows, languages, and what is refused. The numbers themselves are upstream's:
// tests/bench/parity_ctc.py.

#include "engine/base/file.h"
#include "engine/compute/evaluate.h"
#include "engine/neural/checkpoint/json.h"
#include "engine/neural/checkpoint/safetensors.h"
#include "engine/neural/device/executor.h"
#include "engine/neural/infer/transcribe.h"
#include "engine/neural/models/registry.h"
#include "tests/engine/neural/untrained_folder.h"
#include "tests/support/sound_files.h"

#undef slots
#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>

using namespace earmark;
using namespace earmark::neural;
namespace fs = std::filesystem;

namespace
{

const char* config = R"({"hidden_size": 16, "num_hidden_layers": 2,
    "num_attention_heads": 2, "intermediate_size": 24, "conv_dim": [8, 8], "conv_kernel": [10, 8], "conv_stride": [8, 8],
    "num_conv_pos_embeddings": 4, "num_conv_pos_embedding_groups": 2, "feat_extract_norm": "layer", "do_stable_layer_norm": true,
    "adapter_attn_dim": 3, "initializer_range": 0.5})";
const char* preprocessor = R"({"feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": 16000, "do_normalize": true,
    "return_attention_mask": true, "feature_size": 1, "padding_side": "right", "padding_value": 0.0})";

} // namespace

class TestTranscribe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const std::vector<std::string> texts = {"hello world", "the quick brown fox jumps over a lazy dog"};
        model_ = path("model");
        writeModel(model_, *CtcTokenizer::fromTexts(texts));
        const int lengths[] = {9000, 4000, 16000, 9000, 12345};
        for (int i = 0; i < 5; ++i) {
            const std::string name = path("clip" + std::to_string(i) + ".wav");
            test::writeSwellingNoise(name, lengths[i], 7u + static_cast<std::uint32_t>(i));
            Sample sample{.id = i, .name = "clip" + std::to_string(i), .text = "hello dog"};
            sample.clip.source.path = name;
            samples_.push_back(sample);
        }
    }

    void eachClipIsAsIfAlone()
    {
        const auto together = transcribe({.model = model_, .samples = samples_});
        QVERIFY(together);
        QCOMPARE(together->size(), samples_.size());
        std::set<std::string> texts;
        for (std::size_t i = 0; i < samples_.size(); ++i) {
            const auto alone = transcribe({.model = model_, .samples = {samples_[i]}, .batchSize = 1});
            QVERIFY(alone);
            QCOMPARE((*together)[i].text, alone->front().text);
            texts.insert(alone->front().text);
        }
        QVERIFY(texts.size() > 1); // not all the same nonsense
    }

    void wordsLieWithinTheClip()
    {
        const auto found = transcribe({.model = model_, .samples = samples_});
        QVERIFY(found);
        for (const TranscribedClip& clip : *found) {
            double last = 0;
            std::string text;
            for (const SpokenWord& word : clip.words) {
                QVERIFY(word.start >= last && word.end > word.start && word.end <= 1.0);
                last = word.end;
                text += (text.empty() ? "" : " ") + word.word;
            }
            if (clip.text.find("  ") == std::string::npos)
                QCOMPARE(text, clip.text);
        }
    }

    void windowsMeetWithoutSeams()
    {
        const auto whole = transcribe({.model = model_, .samples = {samples_[2]}, .window = 0});
        const auto wide = transcribe({.model = model_, .samples = {samples_[2]}, .window = 5});
        const auto narrow = transcribe({.model = model_, .samples = {samples_[2]}, .window = 0.4, .stride = 0.1});
        QVERIFY(whole && wide && narrow);
        QCOMPARE(wide->front().text, whole->front().text); // one window holds it all
        QVERIFY(!narrow->front().text.empty());
        QVERIFY(narrow->front().words.back().end > 0.6); // the last windows too
        QCOMPARE(code(transcribe({.model = model_, .samples = samples_, .window = 1, .stride = 0.6})), std::string("usage"));
        QCOMPARE(code(transcribe({.model = model_, .samples = samples_, .stride = 20})), std::string("usage")); // of the window for long clips
    }

    void brokenFilesFailAlone()
    {
        std::vector<Sample> samples = samples_;
        samples[1].clip.source.path = path("missing.wav");
        const auto found = transcribe({.model = model_, .samples = samples});
        QVERIFY(found);
        QVERIFY((*found)[1].error);
        QVERIFY(!(*found)[2].error);
    }

    void evaluatesAgainstTranscripts()
    {
        std::vector<Sample> samples = samples_;
        samples[0].text.clear();
        const auto outcome = Executor::instance().run([&] {
            return evaluateRecognition([](const TranscribeRequest& request, const TranscribeObserver& observer,
                                          std::stop_token stop) { return transcribeClips(request, observer, std::move(stop), {}); },
                                       {.model = model_, .samples = samples});
        });
        QVERIFY(outcome);
        QCOMPARE(outcome->report.clips, 4);
        QCOMPARE(outcome->report.words.length, 8);
        QCOMPARE(outcome->report.perClip.front().reference, std::string("hello dog"));
        QCOMPARE(outcome->remarks.size(), std::size_t(1));
        const Json report = Json::parse(toJson(outcome->report, "test"));
        QCOMPARE(report["wer"].get<double>(), outcome->report.words.rate());
        QCOMPARE(report["per_clip"].size(), std::size_t(4));
    }

    void languagesHaveTheirOwnCharacters()
    {
        const std::string folder = path("languages");
        const std::string vocabulary = R"({"eng": {"[PAD]": 0, "a": 1, "b": 2, "|": 3}, "rus": {"[PAD]": 0, "д": 1, "а": 2, "б": 3, "|": 4}})";
        const auto english = CtcTokenizer::fromFiles({{"vocab.json", vocabulary}, {"tokenizer_config.json", R"({"target_lang": "eng", "pad_token": "[PAD]"})"}},
                                                     folder);
        QVERIFY(english);
        writeModel(folder, *english);
        Executor::instance().run([&] {
            StateDict adapter;
            const auto weights = readSafetensors(folder + "/model.safetensors");
            QVERIFY(weights);
            for (const auto& [name, tensor] : *weights)
                if (name.find("adapter_layer") != std::string::npos)
                    adapter.emplace_back(name, tensor.clone());
            const auto generator = at::make_generator<at::CPUGeneratorImpl>(5);
            adapter.emplace_back("lm_head.weight", torch::randn({5, 16}, generator));
            adapter.emplace_back("lm_head.bias", torch::zeros({5}));
            QVERIFY(writeSafetensors(folder + "/adapter.rus.safetensors", adapter));
            adapter.pop_back();
            QVERIFY(writeSafetensors(folder + "/adapter.fra.safetensors", adapter));
        });
        const auto russian = transcribe({.model = folder, .samples = samples_, .targetLanguage = "rus"});
        QVERIFY2(russian, russian ? "" : russian.error().message.c_str());
        QVERIFY(std::ranges::any_of(*russian, [](const TranscribedClip& clip) { return clip.text.find("а") != std::string::npos; }));
        const auto plain = transcribe({.model = folder, .samples = samples_});
        QVERIFY(plain);
        QVERIFY(std::ranges::none_of(*plain, [](const TranscribedClip& clip) { return clip.text.find("а") != std::string::npos; }));
        QCOMPARE(code(transcribe({.model = folder, .samples = samples_, .targetLanguage = "deu"})), std::string("usage"));
        QCOMPARE(code(transcribe({.model = folder, .samples = samples_, .targetLanguage = "../rus"})), std::string("usage"));
        QCOMPARE(code(transcribe({.model = model_, .samples = samples_, .targetLanguage = "rus"})), std::string("usage"));
    }

    void refusesWhatDoesNotTranscribe()
    {
        const std::string base = path("base"), mute = path("mute");
        fs::copy(model_, base);
        std::string text = *readFile(base + "/config.json");
        text.replace(text.find("Wav2Vec2ForCTC"), 14, "Wav2Vec2Model");
        QVERIFY(writeFileAtomically(base + "/config.json", text));
        QCOMPARE(code(transcribe({.model = base, .samples = samples_})), std::string("model.unsupported"));
        fs::copy(model_, mute);
        fs::remove(mute + "/vocab.json");
        QCOMPARE(code(transcribe({.model = mute, .samples = samples_})), std::string("model.not_found"));
    }

private:
    std::string path(const std::string& name) const { return folder_.path().toStdString() + "/" + name; }

    template <class Value> static std::string code(const Result<Value>& result) { return result ? std::string() : result.error().code; }

    static void writeModel(const std::string& folder, const CtcTokenizer& tokenizer)
    {
        Json json = *parseJson(config, "config.json");
        json["vocab_size"] = tokenizer.language().empty() ? tokenizer.size() : 4;
        json["pad_token_id"] = tokenizer.padId();
        saveUntrained("wav2vec2", json, preprocessor, folder, Head::ctc, &tokenizer);
    }

    static Result<std::vector<TranscribedClip>> transcribe(const TranscribeRequest& request)
    {
        return Executor::instance().run([&]() -> Result<std::vector<TranscribedClip>> {
            std::vector<TranscribedClip> clips;
            EARMARK_TRY(const bool finished, transcribeClips(request, [&](const TranscribedClip& clip) { clips.push_back(clip); }, {}, {}));
            return finished ? clips : std::vector<TranscribedClip>();
        });
    }

    QTemporaryDir folder_;
    std::string model_;
    std::vector<Sample> samples_;
};

QTEST_GUILESS_MAIN(TestTranscribe)
#include "tst_transcribe.moc"
