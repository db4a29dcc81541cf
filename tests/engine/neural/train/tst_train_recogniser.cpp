// Training a recogniser: it learns to write down what it hears, its folder is whole, it goes on to the same weights, and what does not fit is refused.

#include "engine/base/file.h"
#include "engine/neural/checkpoint/json.h"
#include "engine/neural/device/executor.h"
#include "engine/neural/device/guarded.h"
#include "engine/neural/models/registry.h"
#include "engine/neural/train/estimate.h"
#include "engine/neural/train/train_job.h"
#include "tests/engine/neural/train/training_case.h"
#include "tests/engine/neural/untrained_folder.h"
#include "tests/support/sound_files.h"

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

const char* config = R"({"hidden_size": 16, "num_hidden_layers": 1,
    "num_attention_heads": 2, "intermediate_size": 24, "conv_dim": [8, 16], "conv_kernel": [40, 10], "conv_stride": [20, 10],
    "num_conv_pos_embeddings": 4, "num_conv_pos_embedding_groups": 2, "feat_extract_norm": "layer", "do_stable_layer_norm": true,
    "mask_time_prob": 0.05, "mask_time_length": 2, "layerdrop": 0.1, "hidden_dropout": 0.1, "final_dropout": 0.1, "ctc_loss_reduction": "mean"})";
const char* preprocessor = R"({"feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": 16000, "do_normalize": true,
    "return_attention_mask": true, "feature_size": 1, "padding_side": "right", "padding_value": 0.0})";

} // namespace

class TestTrainRecogniser : public TrainingCase
{
    Q_OBJECT

public:
    TestTrainRecogniser() : TrainingCase("ctc") {}

private Q_SLOTS:
    void initTestCase()
    {
        saveUntrained("wav2vec2", *parseJson(config, "config.json"), preprocessor, base_);
        const char* texts[] = {"ab", "ba", "a b", "b a", "bab", "aba", "ab ba", "ba ab", "b", "a", "abab", "a a"};
        for (int i = 0; i < 12; ++i) {
            writeSpelled(clipPath(i), texts[i]);
            add(i, 10, {.text = texts[i]});
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
        QVERIFY(recorder.lossFellTo(0.3));
        QVERIFY(outcome->transcription && !outcome->report);
        QCOMPARE(outcome->transcription->clips, 2);
        QVERIFY2(outcome->transcription->characters.rate() < 0.5, std::to_string(outcome->transcription->characters.rate()).c_str());
        auto last = recorder.last();
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
        const TrainRequest asked = *request("estimated", {{"max_steps", "10"}});
        const auto estimate = Executor::instance().run([&] { return guarded([&] { return estimateTraining(asked, {}); }); });
        QVERIFY2(estimate, estimate ? "" : estimate.error().message.c_str());
        QVERIFY(*estimate && (*estimate)->steps == 10 && (*estimate)->seconds > 0);
    }
};

QTEST_GUILESS_MAIN(TestTrainRecogniser)
#include "tst_train_recogniser.moc"
