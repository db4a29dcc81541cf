// Training a recogniser: it learns to write down what it hears, its folder is whole, it goes on to the same weights, and what does not fit is refused.

#include "engine/base/file.h"
#include "engine/neural/checkpoint/json.h"
#include "engine/neural/device/executor.h"
#include "engine/neural/device/guarded.h"
#include "engine/neural/models/registry.h"
#include "engine/neural/train/estimate.h"
#include "engine/neural/train/train_job.h"
#include "tests/support/sound_files.h"

#undef slots
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <filesystem>
#include <numbers>

using namespace earmark;
using namespace earmark::neural;
namespace fs = std::filesystem;

namespace
{

/// A tone for each letter, 16-bit mono, 16 kHz: "a" is low, "b" high, a space is silent.
void writeSpelled(const std::string& path, const std::string& text)
{
    std::vector<std::int16_t> sound;
    for (const char letter : text)
        for (int i = 0; i < 1600; ++i)
            sound.push_back(letter == ' ' ? 0
                                          : static_cast<std::int16_t>(12000 * std::sin(2 * std::numbers::pi * (letter == 'a' ? 300 : 2000) * i / 16000)));
    test::writeBytes(path, test::wav16(sound));
}

const char* config = R"({"model_type": "wav2vec2", "architectures": ["Wav2Vec2Model"], "hidden_size": 16, "num_hidden_layers": 1,
    "num_attention_heads": 2, "intermediate_size": 24, "conv_dim": [8, 16], "conv_kernel": [40, 10], "conv_stride": [20, 10],
    "num_conv_pos_embeddings": 4, "num_conv_pos_embedding_groups": 2, "feat_extract_norm": "layer", "do_stable_layer_norm": true,
    "mask_time_prob": 0.05, "mask_time_length": 2, "layerdrop": 0.1, "hidden_dropout": 0.1, "final_dropout": 0.1, "ctc_loss_reduction": "mean"})";
const char* preprocessor = R"({"feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": 16000, "do_normalize": true,
    "return_attention_mask": true, "feature_size": 1, "padding_side": "right", "padding_value": 0.0})";

struct Recorder final : TrainObserver {
    void remark(const Remark& remark) override { remarks.push_back(remark); }
    void progress(std::int64_t step, std::int64_t) override
    {
        if (step == stopAt)
            stop.request_stop();
    }
    void step(const StepEvent& event) override { losses.push_back(event.loss); }
    void evaluated(const EvaluateEvent& event) override { evaluations.push_back(event); }

    bool told(const std::string& code) const { return std::ranges::any_of(remarks, [&](const Remark& remark) { return remark.code == code; }); }

    std::vector<Remark> remarks;
    std::vector<double> losses;
    std::vector<EvaluateEvent> evaluations;
    std::int64_t stopAt = -1;
    std::stop_source stop;
};

using Settings = std::vector<std::pair<std::string, std::string>>;

} // namespace

class TestTrainRecogniser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        base_ = path("base");
        fs::create_directories(base_);
        Executor::instance().run([&] {
            const auto json = parseJson(config, "config.json");
            auto model = findFamily("wav2vec2")->build(*json, "config.json", Head::base);
            QVERIFY(model);
            std::set<std::string> names;
            for (const auto& item : (*model)->named_parameters())
                names.insert(item.key());
            fillParameters(**model, names, at::make_generator<at::CPUGeneratorImpl>(1));
            auto extractor = featureExtractorFromJson(preprocessor, "wav2vec2");
            QVERIFY(extractor);
            QVERIFY(saveModel({**model, **extractor}, base_));
        });
        const char* texts[] = {"ab", "ba", "a b", "b a", "bab", "aba", "ab ba", "ba ab", "b", "a", "abab", "a a"};
        for (int i = 0; i < 12; ++i) {
            const std::string name = path("clip" + std::to_string(i) + ".wav");
            writeSpelled(name, texts[i]);
            Sample sample{.id = i, .name = "clip" + std::to_string(i), .text = texts[i]};
            sample.clip.source.path = name;
            (i < 10 ? train_ : validation_).push_back(sample);
        }
    }

    void learnsToWriteDownWhatItHears()
    {
        Recorder recorder;
        const auto outcome = run("learns", {{"max_steps", "300"}, {"learning_rate", "1e-2"}, {"logging_steps", "50"}, {"eval_strategy", "steps"}, {"eval_steps", "100"},
                                            {"save_strategy", "steps"}, {"save_steps", "100"}, {"load_best_model_at_end", "true"}, {"metric_for_best_model", "wer"},
                                            {"freeze_feature_encoder", "false"}, {"per_device_train_batch_size", "5"}},
                                 recorder);
        QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
        QVERIFY(recorder.losses.back() < 0.3 * recorder.losses.front());
        QVERIFY(outcome->transcription && !outcome->report);
        QCOMPARE(outcome->transcription->clips, 2);
        QVERIFY2(outcome->transcription->characters.rate() < 0.5, std::to_string(outcome->transcription->characters.rate()).c_str());
        std::map<std::string, double> last(recorder.evaluations.back().metrics.begin(), recorder.evaluations.back().metrics.end());
        QVERIFY(last.contains("eval_wer") && last.contains("eval_cer") && last["eval_cer"] < 0.5);
        for (const char* name : {"config.json", "model.safetensors", "preprocessor_config.json", "vocab.json", "tokenizer_config.json", "README.md", "run.json",
                                 "trainer_state.json", "report.json"})
            QVERIFY2(fs::exists(path("learns/") + name), name);
        const Json saved = *readJson(path("learns/config.json"));
        QCOMPARE(saved["architectures"][0].get<std::string>(), std::string("Wav2Vec2ForCTC"));
        QCOMPARE(saved["vocab_size"].get<int>(), 7); // | a b [UNK] [PAD] <s> </s>
        QCOMPARE(saved["pad_token_id"].get<int>(), 4);
        QVERIFY(readFile(path("learns/README.md"))->find("automatic-speech-recognition") != std::string::npos);
        QVERIFY((*readJson(path("learns/report.json"))).contains("wer"));
    }

    void goesOnToTheSameWeights()
    {
        const Settings settings = {{"max_steps", "6"}, {"learning_rate", "1e-3"}, {"eval_strategy", "epoch"}, {"save_strategy", "no"}, {"gradient_accumulation_steps", "2"},
                                   {"per_device_train_batch_size", "2"}, {"freeze_feature_encoder", "false"}};
        Recorder whole, first, second;
        QVERIFY(run("whole", settings, whole));
        first.stopAt = 4;
        const auto stopped = run("stopped", settings, first);
        QVERIFY2(stopped, stopped ? "" : stopped.error().message.c_str());
        QVERIFY(stopped->stopped);
        const auto resumed = run("stopped", settings, second, true);
        QVERIFY2(resumed, resumed ? "" : resumed.error().message.c_str());
        QVERIFY(*readFile(path("stopped/model.safetensors")) == *readFile(path("whole/model.safetensors")));
    }

    void keepsTheVocabularyOfItsBase()
    {
        const auto base = base_;
        base_ = path("learns");
        train_[0].text = "aZb";
        Recorder recorder;
        const auto outcome = run("further", {{"max_steps", "1"}}, recorder);
        train_[0].text = "ab";
        base_ = base;
        QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
        QCOMPARE(*readFile(path("further/vocab.json")), *readFile(path("learns/vocab.json")));
        QVERIFY(!recorder.told("model.newly_made"));
        QVERIFY(recorder.told("train.unknown_characters"));
    }

    void preparesTranscripts()
    {
        train_[1].text = " B.A! ";
        Recorder recorder;
        const auto outcome = run("prepared", {{"max_steps", "1"}, {"text_case", "lower"}, {"chars_to_ignore", ".!"}}, recorder);
        train_[1].text = "ba";
        QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
        QCOMPARE(*readFile(path("prepared/vocab.json")), *readFile(path("learns/vocab.json")));
    }

    void textsThatDoNotFitAreNamedAndLeftOut()
    {
        train_[8].text = std::string(40, 'b'); // a tenth of a second
        Recorder recorder;
        const auto outcome = run("long", {{"max_steps", "2"}}, recorder);
        train_[8].text = "b";
        QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
        const auto remark = std::ranges::find(recorder.remarks, std::string("train.training_left_out"), &Remark::code);
        QVERIFY(remark != recorder.remarks.end());
        QVERIFY2(remark->message.find("clip8") != std::string::npos, remark->message.c_str());
        QVERIFY(std::isfinite(outcome->trainLoss));
    }

    void refusesWhatDoesNotFitTheTask()
    {
        Recorder recorder;
        for (const auto& [key, value] : Settings{{"label_smoothing_factor", "0.1"}, {"class_weights", "balanced"}, {"train_length", "random_crop"},
                                                 {"eval_length", "windows"}, {"metric_for_best_model", "accuracy"}})
            QCOMPARE(code(run("refused", {{"max_steps", "1"}, {key, value}}, recorder)), std::string("recipe.bad_value"));
        std::vector<Sample> all = std::exchange(train_, {validation_[0]});
        train_[0].text.clear();
        const auto text = std::exchange(validation_[0].text, "");
        const auto text1 = std::exchange(validation_[1].text, "");
        const std::string without = code(run("refused", {{"max_steps", "1"}}, recorder));
        train_ = all;
        validation_[0].text = text;
        validation_[1].text = text1;
        QCOMPARE(without, std::string("train.no_clips"));
    }

    void isEstimated()
    {
        Recorder recorder;
        const TrainRequest asked = request("estimated", {{"max_steps", "10"}});
        const auto estimate = Executor::instance().run([&] { return guarded([&] { return estimateTraining(asked, {}); }); });
        QVERIFY2(estimate, estimate ? "" : estimate.error().message.c_str());
        QVERIFY(*estimate && (*estimate)->steps == 10 && (*estimate)->seconds > 0);
    }

private:
    std::string path(const std::string& name) const { return folder_.path().toStdString() + "/" + name; }

    template <class Value> static std::string code(const Result<Value>& result) { return result ? std::string() : result.error().code; }

    TrainRequest request(const std::string& out, const Settings& settings) const
    {
        TrainRequest request{.base = base_, .out = path(out), .task = "ctc", .train = train_, .validation = validation_, .report = validation_,
                             .reportSplit = "validation"};
        request.options.device = "cpu";
        request.options.threads = 1;
        for (const auto& [key, value] : settings)
            if (!request.recipe.set(key, value))
                qFatal("%s", key.c_str());
        return request;
    }

    Result<TrainOutcome> run(const std::string& out, const Settings& settings, Recorder& recorder, bool resume = false) const
    {
        TrainRequest asked = request(out, settings);
        asked.resume = resume;
        return Executor::instance().run([&] { return guarded([&] { return runTraining(asked, recorder, recorder.stop.get_token(), {}); }); });
    }

    QTemporaryDir folder_;
    std::string base_;
    std::vector<Sample> train_;
    std::vector<Sample> validation_;
};

QTEST_GUILESS_MAIN(TestTrainRecogniser)
#include "tst_train_recogniser.moc"
