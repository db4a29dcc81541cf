// Training on several labels a clip and on numbers: each is learnt, its folder says what it is, it goes on to the same weights, and what does not fit
// is refused. What upstream's loss would be: tests/golden/check_training.py.

#include "engine/base/file.h"
#include "engine/neural/checkpoint/json.h"
#include "engine/neural/device/executor.h"
#include "engine/neural/device/guarded.h"
#include "engine/neural/infer/classify.h"
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

/// A low tone, a high one, or both; 16-bit mono, 16 kHz.
void writeTones(const std::string& path, bool low, bool high, int samples)
{
    std::vector<std::int16_t> sound;
    for (int i = 0; i < samples; ++i) {
        const double angle = 2 * std::numbers::pi * i / 16000;
        sound.push_back(static_cast<std::int16_t>((low ? 9000 * std::sin(300 * angle) : 0) + (high ? 9000 * std::sin(2000 * angle) : 0)));
    }
    test::writeBytes(path, test::wav16(sound));
}

const char* config = R"({"hidden_size": 16, "num_hidden_layers": 1,
    "num_attention_heads": 2, "intermediate_size": 24, "conv_dim": [8, 16], "conv_kernel": [40, 10], "conv_stride": [20, 10],
    "num_conv_pos_embeddings": 4, "num_conv_pos_embedding_groups": 2, "feat_extract_norm": "layer", "do_stable_layer_norm": true,
    "apply_spec_augment": false, "layerdrop": 0.1, "classifier_proj_size": 16})";
const char* preprocessor = R"({"feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": 16000, "do_normalize": false,
    "return_attention_mask": true, "feature_size": 1, "padding_side": "right", "padding_value": 0.0})";

const Settings several = {{"problem_type", "multi_label_classification"}};
const Settings numbers = {{"problem_type", "regression"}};
const Settings learning = {{"max_steps", "150"}, {"learning_rate", "1e-2"}, {"logging_steps", "25"}, {"eval_strategy", "steps"}, {"eval_steps", "75"},
                           {"save_strategy", "steps"}, {"save_steps", "75"}, {"load_best_model_at_end", "true"}, {"freeze_feature_encoder", "false"},
                           {"per_device_train_batch_size", "6"}};

} // namespace

class TestTrainSeveral : public TrainingCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        saveUntrained("wav2vec2", *parseJson(config, "config.json"), preprocessor, base_);
        for (int i = 0; i < 18; ++i) {
            const bool low = i % 3 != 1, high = i % 3 != 0;
            writeTones(clipPath(i), low, high, 4000 + 300 * (i % 4));
            Sample sample;
            if (low)
                sample.labels.emplace_back("low");
            if (high)
                sample.labels.emplace_back("high");
            sample.numbers = {{"tones", low + high}, {"height", high ? 0.5 : -0.5}};
            add(i, 12, std::move(sample));
        }
    }

    void learnsSeveralLabels()
    {
        Recorder recorder;
        const auto outcome = run("labels", several + learning + Settings{{"metric_for_best_model", "map"}}, recorder);
        QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
        QVERIFY(recorder.lossFellTo(0.5));
        for (const char* name : {"eval_accuracy", "eval_micro_f1", "eval_macro_f1", "eval_map"})
            QVERIFY2(recorder.last().contains(name), name);
        QVERIFY(outcome->multiLabel && !outcome->report && !outcome->regression);
        QCOMPARE(outcome->multiLabel->labels, (std::vector<std::string>{"high", "low"}));
        QCOMPARE(outcome->multiLabel->clips, 6);
        QVERIFY2(outcome->multiLabel->microF1 > 0.9, std::to_string(outcome->multiLabel->microF1).c_str());
        const Json saved = *readJson(path("labels/config.json")), report = *readJson(path("labels/report.json"));
        QCOMPARE(saved["problem_type"].get<std::string>(), std::string("multi_label_classification"));
        QCOMPARE(saved["architectures"][0].get<std::string>(), std::string("Wav2Vec2ForSequenceClassification"));
        QVERIFY(report.contains("map"));
        QVERIFY(readFile(path("labels/README.md"))->find("average precision") != std::string::npos);
        // Without a function to apply: sigmoid, as the report has it. With softmax two labels could not both be likely.
        const std::vector<float> scores = classified("labels", {});
        QVERIFY(std::abs(scores[0] - report["per_clip"][2]["scores"][0].get<float>()) < 1e-6f);
        QVERIFY(scores[0] > 0.5f && scores[1] > 0.5f);
        QVERIFY(classified("labels", "softmax")[0] < 1);
    }

    void learnsNumbers()
    {
        Recorder recorder;
        const auto outcome = run("numbers", numbers + learning + Settings{{"metric_for_best_model", "mae"}}, recorder);
        QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
        QVERIFY(recorder.lossFellTo(0.5));
        for (const char* name : {"eval_mse", "eval_mae", "eval_r2", "eval_pearson"})
            QVERIFY2(recorder.last().contains(name), name);
        QVERIFY(outcome->regression && !outcome->report && !outcome->multiLabel);
        QCOMPARE(outcome->regression->labels, (std::vector<std::string>{"height", "tones"}));
        QVERIFY2(outcome->regression->mae < 0.25, std::to_string(outcome->regression->mae).c_str());
        QCOMPARE((*readJson(path("numbers/config.json")))["problem_type"].get<std::string>(), std::string("regression"));
        QVERIFY(readFile(path("numbers/README.md"))->find("mean squared error") != std::string::npos);
        const Json report = *readJson(path("numbers/report.json"));
        QVERIFY(std::abs(classified("numbers", {})[1] - report["per_clip"][2]["predictions"][1].get<float>()) < 1e-5f);
    }

    void learnsTheNumbersThatAreNamed()
    {
        const auto kept = train_[3].numbers;
        train_[3].numbers = {{"height", 0.5}};
        Recorder recorder;
        const auto outcome = run("named", numbers + Settings{{"max_steps", "2"}, {"target_names", "tones"}}, recorder);
        train_[3].numbers = kept;
        QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
        const Json names = (*readJson(path("named/config.json")))["id2label"];
        QVERIFY(names.size() == 1 && names["0"] == "tones");
        QVERIFY(recorder.told("train.lacks_numbers"));
        QVERIFY(recorder.told("train.lacks_numbers")->message.find("clip3") != std::string::npos);
        QCOMPARE((*readJson(path("named/run.json")))["dataset"]["train_clips"].get<int>(), 11);
        QCOMPARE(code(run("nobody", numbers + Settings{{"target_names", "tones, weight"}}, recorder)), std::string("train.bad_labels"));
    }

    void goesOnToTheSameWeights_data()
    {
        QTest::addColumn<bool>("regression");
        QTest::newRow("labels") << false;
        QTest::newRow("numbers") << true;
    }
    void goesOnToTheSameWeights()
    {
        QFETCH(bool, regression);
        const std::string name = regression ? "n" : "l";
        const Settings settings = (regression ? numbers : several) +
                                  Settings{{"max_steps", "6"}, {"learning_rate", "1e-3"}, {"eval_strategy", "epoch"}, {"save_strategy", "no"},
                                           {"gradient_accumulation_steps", "2"}, {"per_device_train_batch_size", "2"}};
        Recorder whole, first, second;
        QVERIFY(run(name + "-whole", settings, whole));
        first.stopAt = 4;
        const auto stopped = run(name + "-stopped", settings, first);
        QVERIFY2(stopped && stopped->stopped, stopped ? "" : stopped.error().message.c_str());
        const auto value = train_[0].numbers[0].second;
        train_[0].numbers[0].second += 1;
        const auto changed = run(name + "-stopped", settings, second, true);
        train_[0].numbers[0].second = value;
        if (regression)
            QCOMPARE(code(changed), std::string("train.cannot_resume"));
        const auto resumed = regression ? run(name + "-stopped", settings, second, true) : changed;
        QVERIFY2(resumed, resumed ? "" : resumed.error().message.c_str());
        QVERIFY(*readFile(path(name + "-stopped/model.safetensors")) == *readFile(path(name + "-whole/model.safetensors")));
    }

    /// What is not asked for is what the base learnt, and that is told.
    void learnsAsItsBase()
    {
        const std::string base = std::exchange(base_, path("labels"));
        Recorder recorder, asked;
        const auto outcome = run("further", {{"max_steps", "1"}}, recorder);
        const auto single = run("single", {{"max_steps", "1"}, {"problem_type", "single_label_classification"}}, asked);
        base_ = base;
        QVERIFY2(outcome && outcome->multiLabel, outcome ? "" : outcome.error().message.c_str());
        QVERIFY(recorder.told("train.labels_of_base") && !recorder.told("model.newly_made"));
        QCOMPARE(code(single), std::string("train.bad_labels"));
    }

    void refusesWhatDoesNotFit()
    {
        Recorder recorder;
        const auto unset = run("refused", {{"max_steps", "1"}}, recorder);
        QCOMPARE(code(unset), std::string("train.bad_labels"));
        QVERIFY2(unset.error().message.find("multi_label_classification") != std::string::npos, unset.error().message.c_str());
        for (const Settings& problem : {several, numbers})
            for (const auto& setting : Settings{{"label_smoothing_factor", "0.1"}, {"class_weights", "balanced"}, {"metric_for_best_model", "weighted_f1"}})
                QCOMPARE(code(run("refused", problem + Settings{{"max_steps", "1"}, setting}, recorder)), std::string("recipe.bad_value"));
        std::vector<Sample> all = train_;
        for (Sample& sample : train_)
            sample.numbers.clear();
        const std::string without = code(run("refused", numbers + Settings{{"max_steps", "1"}}, recorder));
        train_ = std::move(all);
        QCOMPARE(without, std::string("train.no_clips"));
    }

    void isEstimated()
    {
        for (const Settings& problem : {several, numbers}) {
            const TrainRequest asked = *request("estimated", problem + Settings{{"max_steps", "10"}});
            const auto estimate = Executor::instance().run([&] { return guarded([&] { return estimateTraining(asked, {}); }); });
            QVERIFY2(estimate, estimate ? "" : estimate.error().message.c_str());
            QVERIFY(*estimate && (*estimate)->steps == 10 && (*estimate)->seconds > 0);
        }
    }

private:
    /// Scores of the third validation clip, which has both tones.
    std::vector<float> classified(const std::string& model, const std::string& function) const
    {
        ClassifyRequest asked{.model = path(model), .samples = {validation_[2]}, .function = function};
        asked.options.device = "cpu";
        std::vector<float> scores;
        const auto outcome = Executor::instance().run(
            [&] { return guarded([&] { return classifyClips(asked, [&](const ClassifiedClip& clip) { scores = clip.scores; }, {}); }); });
        if (!outcome)
            qFatal("%s", outcome.error().message.c_str());
        return scores;
    }
};

QTEST_GUILESS_MAIN(TestTrainSeveral)
#include "tst_train_several.moc"
