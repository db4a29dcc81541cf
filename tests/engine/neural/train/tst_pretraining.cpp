// Learning from sound alone: the temperature's way, the loss falls, the folder is a base for other tasks, it goes on to the same weights, and what does not
// fit is named.

#include "engine/base/file.h"
#include "engine/neural/checkpoint/json.h"
#include "engine/neural/checkpoint/safetensors.h"
#include "engine/neural/device/executor.h"
#include "engine/neural/device/guarded.h"
#include "engine/neural/models/registry.h"
#include "engine/neural/train/estimate.h"
#include "engine/neural/train/pretraining.h"
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

/// Tones that follow each other, 16-bit mono, 16 kHz.
void writeTones(const std::string& path, int seed, double seconds)
{
    std::vector<std::int16_t> sound;
    for (int i = 0; i < static_cast<int>(16000 * seconds); ++i) {
        const int pitch = 200 * (1 + (seed * 7 + i / 800 * 5) % 11);
        sound.push_back(static_cast<std::int16_t>(12000 * std::sin(2 * std::numbers::pi * pitch * i / 16000)));
    }
    test::writeBytes(path, test::wav16(sound));
}

const char* config = R"({"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 24, "conv_dim": [8, 16],
    "conv_kernel": [40, 10], "conv_stride": [20, 10], "num_conv_pos_embeddings": 4, "num_conv_pos_embedding_groups": 2, "feat_extract_norm": "layer",
    "do_stable_layer_norm": true, "mask_time_prob": 0, "layerdrop": 0.1, "hidden_dropout": 0.1, "feat_quantizer_dropout": 0.1,
    "num_codevectors_per_group": 8, "codevector_dim": 8, "proj_codevector_dim": 8, "num_negatives": 10, "vocab_size": 8})";
const char* preprocessor = R"({"feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": 16000, "do_normalize": true,
    "return_attention_mask": true, "feature_size": 1, "padding_side": "right", "padding_value": 0.0})";

using Figures = std::map<std::string, double>;

} // namespace

class TestPretraining : public TrainingCase
{
    Q_OBJECT

public:
    TestPretraining() : TrainingCase("pretraining") {}

private Q_SLOTS:
    void initTestCase()
    {
        for (const char* family : {"wav2vec2", "unispeech", "unispeech-sat", "hubert"})
            saveUntrained(family, *parseJson(config, "config.json"), preprocessor, path(family));
        for (int i = 0; i < 14; ++i) {
            writeTones(clipPath(i), i, 0.3 + 0.02 * i);
            add(i, 11, {});
        }
    }

    void temperatureFallsAsInTheExample()
    {
        TrainingSettings settings{.max_gumbel_temperature = 2, .min_gumbel_temperature = 0.6, .gumbel_temperature_decay = 0.5};
        const double expected[] = {2, 2, 1, 0.6, 0.6};
        for (int step = 0; step < 5; ++step)
            QCOMPARE(gumbelTemperature(settings, step), expected[step]);
    }

    void learnsFromSoundAlone()
    {
        Recorder recorder;
        const auto outcome = run("learns", {{"max_steps", "150"}, {"learning_rate", "1e-2"}, {"logging_steps", "25"}, {"eval_strategy", "steps"}, {"eval_steps", "50"},
                                            {"save_strategy", "steps"}, {"save_steps", "50"}, {"load_best_model_at_end", "true"},
                                            {"metric_for_best_model", "contrastive_loss"}, {"min_gumbel_temperature", "0.1"}, {"gumbel_temperature_decay", "0.98"}},
                                 recorder);
        QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
        QVERIFY2(recorder.steps.back().loss < 0.9 * recorder.steps.front().loss, std::to_string(recorder.steps.back().loss).c_str());
        const Figures logged(recorder.steps.front().metrics.begin(), recorder.steps.front().metrics.end());
        for (const char* key : {"constrast_loss", "div_loss", "%_mask_idx", "ppl", "temp"})
            QVERIFY2(logged.contains(key), key);
        QVERIFY(std::abs(logged.at("constrast_loss") + 0.1 * logged.at("div_loss") - recorder.steps.front().loss) < 1e-4);
        QVERIFY(logged.at("ppl") >= 2 && logged.at("ppl") <= 16);
        QVERIFY(logged.at("%_mask_idx") > 0.3 && logged.at("%_mask_idx") < 0.7);
        QCOMPARE(logged.at("temp"), 2 * std::pow(0.98, 23));
        const Figures judged(recorder.evaluations.back().metrics.begin(), recorder.evaluations.back().metrics.end());
        for (const char* key : {"eval_loss", "eval_contrastive_loss", "eval_diversity_loss", "eval_accuracy", "eval_perplexity"})
            QVERIFY2(judged.contains(key), key);
        QVERIFY(judged.at("eval_accuracy") > 0.1 && judged.at("eval_accuracy") <= 1); // one of eleven by chance
        QVERIFY(!outcome->report && !outcome->transcription && outcome->bestMetric);

        const Json saved = *readJson(path("learns/config.json"));
        QCOMPARE(saved["architectures"][0].get<std::string>(), std::string("Wav2Vec2ForPreTraining"));
        const Json run = *readJson(path("learns/run.json"));
        QCOMPARE(run["task"].get<std::string>(), std::string("pretraining"));
        QCOMPARE(run["settings"]["max_grad_norm"].get<double>(), 0.0);
        QVERIFY(readFile(path("learns/README.md"))->find("feature-extraction") != std::string::npos);
        QVERIFY(!fs::exists(path("learns/report.json")));
        const Json history = (*readJson(path("learns/trainer_state.json")))["log_history"];
        QVERIFY(history[0].contains("ppl") && history[0].contains("learning_rate"));
    }

    void isABaseForOtherTasks()
    {
        const auto loaded = loadModel(path("learns"), {.head = Head::classification, .labels = {"a", "b"}});
        QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
        for (const std::string& name : loaded->report.newlyMade)
            QVERIFY2(name.starts_with("projector.") || name.starts_with("classifier."), name.c_str());
        const auto again = loadModel(path("learns"), {});
        QVERIFY(again && again->model->task() == "pretraining" && again->report.newlyMade.empty() && again->report.leftOver.empty());
        const auto ctc = loadModel(path("learns"), {.head = Head::ctc});
        QVERIFY(ctc && ctc->model->task() == "ctc");
        std::vector<Sample> labelled = train_;
        for (std::size_t i = 0; i < labelled.size(); ++i)
            labelled[i].labels = {i % 2 ? "odd" : "even"};
        TrainRequest asked = request("fine", path("learns"), {{"max_steps", "2"}});
        asked.task = "classification";
        asked.train = labelled;
        Recorder recorder;
        QVERIFY(run(asked, recorder));
        Recorder further;
        QVERIFY(run(request("further", path("fine"), {{"max_steps", "2"}}), further)); // and back: the trunk of a classifier goes on learning
    }

    void goesOnToTheSameWeights()
    {
        const Settings settings = {{"max_steps", "7"}, {"learning_rate", "1e-3"}, {"eval_strategy", "epoch"}, {"save_strategy", "no"}, {"logging_steps", "7"},
                                   {"gradient_accumulation_steps", "2"}, {"per_device_train_batch_size", "2"}};
        Recorder whole, first, second;
        const auto once = run("whole", settings, whole);
        QVERIFY2(once, once ? "" : once.error().message.c_str());
        first.stopAt = 4;
        const auto stopped = run("stopped", settings, first);
        QVERIFY(stopped && stopped->stopped);
        const auto resumed = run("stopped", settings, second, true);
        QVERIFY2(resumed, resumed ? "" : resumed.error().message.c_str());
        QVERIFY(*readFile(path("stopped/model.safetensors")) == *readFile(path("whole/model.safetensors")));
        QCOMPARE(second.steps.size(), whole.steps.size());
        for (std::size_t i = 0; i < whole.steps.back().metrics.size(); ++i)
            QVERIFY(std::abs(second.steps.back().metrics[i].second - whole.steps.back().metrics[i].second) < 1e-6);
    }

    void masksAreNoPartOfTheModel()
    {
        const Json saved = *readJson(path("whole/config.json"));
        QCOMPARE(saved["mask_time_prob"].get<double>(), 0.05); // of the class, for the embedding to be there; the run's are 0.5
        QVERIFY(!saved.contains("mask_time_length"));
        const auto weights = readSafetensors(path("whole/model.safetensors"));
        QVERIFY(weights && std::ranges::any_of(*weights, [](const auto& item) { return item.first == "wav2vec2.masked_spec_embed"; }));
    }

    void clipsTooShortAreNamedAndLeftOut()
    {
        Recorder recorder;
        QVERIFY(run("short", {{"max_steps", "1"}, {"mask_time_length", "12"}}, recorder)); // of 0.3 s half a mask, of 0.32 s more than one in some draws alone
        const auto told = [&](const Recorder& of) {
            const auto remark = std::ranges::find(of.remarks, std::string("train.training_left_out"), &Remark::code);
            return remark == of.remarks.end() ? std::string() : remark->message;
        };
        QVERIFY2(told(recorder).find("clip0") != std::string::npos && told(recorder).find("mask_time_prob") != std::string::npos, told(recorder).c_str());
        Recorder shortest;
        QVERIFY(run("shortest", {{"max_steps", "1"}, {"min_duration_in_seconds", "0.35"}}, shortest));
        QVERIFY2(told(shortest).find("min_duration_in_seconds") != std::string::npos, told(shortest).c_str());
        QCOMPARE(code(run("none", {{"max_steps", "1"}, {"min_duration_in_seconds", "3"}}, shortest)), std::string("train.no_clips"));
    }

    void learnsWithUniSpeechToo()
    {
        Recorder recorder;
        const auto outcome = run(request("unispeech-run", path("unispeech"), {{"max_steps", "3"}, {"eval_strategy", "epoch"}}), recorder);
        QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
        QVERIFY(std::isfinite(outcome->trainLoss));
        QVERIFY(!fs::exists(path("unispeech-run/vocab.json")));
    }

    /// Some clips are transcribed, one with more than its frames can say.
    void uniSpeechLearnsWhatWasSaid()
    {
        TrainRequest asked = request("spelling", path("unispeech"), {{"max_steps", "6"}, {"logging_steps", "6"}, {"eval_strategy", "epoch"}, {"learning_rate", "1e-3"}});
        for (std::size_t i = 0; i < asked.train.size(); i += 2)
            asked.train[i].text = i == 4 ? std::string(200, 'a') : "ab ba";
        Recorder recorder;
        const auto outcome = run(asked, recorder);
        QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
        const Figures logged(recorder.steps.back().metrics.begin(), recorder.steps.back().metrics.end());
        QVERIFY(logged.contains("ctc_loss") && std::isfinite(logged.at("ctc_loss")));
        QVERIFY(fs::exists(path("spelling/vocab.json")));
        const Json saved = *readJson(path("spelling/config.json"));
        QCOMPARE(saved["num_ctc_classes"].get<int>(), 7); // | a b [UNK] [PAD] <s> </s>
        QCOMPARE(saved["vocab_size"].get<int>(), 8);
        const auto again = loadModel(path("spelling"), {});
        QVERIFY(again && again->tokenizer && again->report.newlyMade.empty());
    }

    void refusesWhatDoesNotFitTheTask()
    {
        Recorder recorder;
        for (const auto& [key, value] : Settings{{"label_smoothing_factor", "0.1"}, {"class_weights", "balanced"}, {"freeze_base_model", "true"},
                                                 {"min_gumbel_temperature", "3"}, {"metric_for_best_model", "wer"}})
            QCOMPARE(code(run("refused", {{"max_steps", "1"}, {key, value}}, recorder)), std::string("recipe.bad_value"));
        QCOMPARE(code(run("refused", {{"max_steps", "1"}, {"apply_spec_augment", "false"}}, recorder)), std::string("model.bad_config"));
        for (const char* family : {"hubert", "unispeech-sat"})
            QCOMPARE(code(run(request("refused", path(family), {{"max_steps", "1"}}), recorder)), std::string("model.unsupported"));
    }

    void isEstimated()
    {
        const TrainRequest asked = request("estimated", path("wav2vec2"), {{"max_steps", "10"}});
        const auto estimate = Executor::instance().run([&] { return guarded([&] { return estimateTraining(asked, {}); }); });
        QVERIFY2(estimate, estimate ? "" : estimate.error().message.c_str());
        QVERIFY(*estimate && (*estimate)->steps == 10 && (*estimate)->seconds > 0);
    }

private:
    /// With masks that these short clips have room for.
    TrainRequest request(const std::string& out, const std::string& base, const Settings& settings) const
    {
        TrainRequest request = *TrainingCase::request(out, Settings{{"min_duration_in_seconds", "0"}, {"mask_time_prob", "0.5"}, {"mask_time_length", "3"},
                                                                    {"per_device_train_batch_size", "4"}} + settings);
        request.base = base;
        return request;
    }

    using TrainingCase::run;

    Result<TrainOutcome> run(const std::string& out, const Settings& settings, Recorder& recorder, bool resume = false) const
    {
        TrainRequest asked = request(out, path("wav2vec2"), settings);
        asked.resume = resume;
        return run(asked, recorder);
    }
};

QTEST_GUILESS_MAIN(TestPretraining)
#include "tst_pretraining.moc"
