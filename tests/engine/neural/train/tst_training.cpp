
#include "engine/base/file.h"
#include "engine/neural/checkpoint/json.h"
#include "engine/neural/device/executor.h"
#include "engine/neural/device/guarded.h"
#include "engine/neural/device/torch.h"
#include "engine/neural/infer/classify.h"
#include "engine/neural/models/registry.h"
#include "engine/neural/train/run_checkpoint.h"
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

/// A tone, 16-bit mono, 16 kHz.
void writeTone(const std::string& path, double frequency, int samples)
{
    std::vector<std::int16_t> tone;
    for (int i = 0; i < samples; ++i)
        tone.push_back(static_cast<std::int16_t>(12000 * std::sin(2 * std::numbers::pi * frequency * i / 16000)));
    test::writeBytes(path, test::wav16(tone));
}

const char* config = R"({"hidden_size": 16, "num_hidden_layers": 2,
    "num_attention_heads": 2, "intermediate_size": 24, "conv_dim": [8, 8], "conv_kernel": [10, 8], "conv_stride": [8, 8],
    "num_conv_pos_embeddings": 4, "num_conv_pos_embedding_groups": 2, "classifier_proj_size": 8, "feat_extract_norm": "layer",
    "do_stable_layer_norm": true, "mask_time_prob": 0.2, "mask_time_length": 2, "layerdrop": 0.2, "hidden_dropout": 0.1})";
const char* preprocessor = R"({"feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": 16000, "do_normalize": true,
    "return_attention_mask": true, "feature_size": 1, "padding_side": "right", "padding_value": 0.0})";

} // namespace

class TestTraining : public TrainingCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        saveUntrained("wav2vec2", *parseJson(config, "config.json"), preprocessor, base_);
        for (int i = 0; i < 14; ++i) {
            const bool high = i % 2;
            writeTone(clipPath(i), (high ? 2000 : 300) + 20 * i, 1200 + 173 * (i % 5));
            add(i, 11, {.labels = {high ? "high" : "low"}});
        }
    }

    void learnsAndWritesARunFolder()
    {
        Recorder recorder;
        const auto outcome = run("learns", {{"max_steps", "60"}, {"learning_rate", "3e-3"}, {"logging_steps", "10"}, {"eval_strategy", "epoch"}, {"save_strategy", "epoch"},
                                            {"save_total_limit", "2"}, {"load_best_model_at_end", "true"}, {"metric_for_best_model", "accuracy"},
                                            {"report_to", "tensorboard"}},
                                 recorder);
        QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
        QVERIFY(!outcome->stopped);
        QCOMPARE(outcome->steps, 60);
        QCOMPARE(recorder.steps.size(), std::size_t(6));
        QVERIFY(recorder.steps.back().loss < recorder.steps.front().loss);
        QVERIFY(outcome->report);
        QCOMPARE(outcome->report->clips, 3);
        QCOMPARE(outcome->report->accuracy, 1.0);
        for (const char* name : {"config.json", "model.safetensors", "preprocessor_config.json", "README.md", "run.json", "trainer_state.json", "report.json", "runs"})
            QVERIFY2(fs::exists(path("learns/") + name), name);
        QVERIFY(checkpointSteps(path("learns")).size() <= 2);
        const auto state = readJson(path("learns/trainer_state.json"));
        QVERIFY(state);
        QCOMPARE((*state)["log_history"].size(), recorder.steps.size() + recorder.evaluations.size() + 1);
        const auto saved = readJson(path("learns/config.json"));
        QCOMPARE((*saved)["id2label"]["0"].get<std::string>(), std::string("high")); // code-point order
    }

    void goesOnToTheSameWeights_data()
    {
        QTest::addColumn<int>("stopAt");
        QTest::addColumn<bool>("grouped");
        for (const int stopAt : {1, 2, 3, 5, 6, 8})
            QTest::addRow("step %d", stopAt) << stopAt << (stopAt % 2 == 0);
    }
    void goesOnToTheSameWeights()
    {
        QFETCH(int, stopAt);
        QFETCH(bool, grouped);
        // 11 clips, batches of 2, groups of 2: three steps an epoch, the last of one group and a half.
        const Settings settings = {{"max_steps", "8"}, {"learning_rate", "1e-3"}, {"logging_steps", "3"}, {"eval_strategy", "epoch"}, {"save_strategy", "no"},
                                   {"per_device_train_batch_size", "2"}, {"gradient_accumulation_steps", "2"}, {"group_by_length", grouped ? "true" : "false"},
                                   {"train_length", "random_crop"}, {"max_length_seconds", "0.09"}, {"freeze_feature_encoder", "false"}, {"weight_decay", "0.1"}};
        const std::string whole = grouped ? "whole_grouped" : "whole";
        if (!fs::exists(path(whole))) {
            Recorder recorder;
            QVERIFY(run(whole, settings, recorder));
        }
        const std::string name = "stopped" + std::to_string(stopAt);
        Recorder first;
        first.stopAt = stopAt;
        const auto stopped = run(name, settings, first);
        QVERIFY2(stopped, stopped ? "" : stopped.error().message.c_str());
        QVERIFY(stopped->stopped);
        QCOMPARE(first.checkpoints, std::vector<std::int64_t>{stopAt});
        Recorder second;
        const auto resumed = run(name, settings, second, true);
        QVERIFY2(resumed, resumed ? "" : resumed.error().message.c_str());
        QVERIFY(!resumed->stopped);
        QCOMPARE(resumed->steps, 8);
        QVERIFY(*readFile(path(name + "/model.safetensors")) == *readFile(path(whole + "/model.safetensors")));
        const auto losses = [&](const std::string& folder) {
            std::vector<double> values;
            for (const Json& entry : (*readJson(path(folder + "/trainer_state.json")))["log_history"])
                for (const char* key : {"loss", "eval_loss", "train_loss"})
                    if (entry.contains(key))
                        values.push_back(entry[key].get<double>());
            return values;
        };
        QCOMPARE(losses(name), losses(whole));
    }

    void isWholeAgainWhereItsFolderIsDeleted_data()
    {
        QTest::addColumn<int>("stopAt");
        QTest::addRow("stopped right after") << 5;
        QTest::addRow("stopped later") << 7;
        QTest::addRow("to its end") << -1;
    }
    void isWholeAgainWhereItsFolderIsDeleted()
    {
        QFETCH(int, stopAt);
        const Settings settings = {{"max_steps", "9"}, {"learning_rate", "1e-3"}, {"logging_steps", "1"}, {"eval_strategy", "epoch"}, {"save_strategy", "epoch"},
                                   {"per_device_train_batch_size", "4"}, {"save_total_limit", "1"}, {"load_best_model_at_end", "true"},
                                   {"metric_for_best_model", "accuracy"}, {"report_to", "tensorboard"}};
        Recorder recorder;
        recorder.folder = path("deleted" + std::to_string(stopAt));
        recorder.deleteAt = 5;
        recorder.stopAt = stopAt;
        const auto outcome = run(fs::path(recorder.folder).filename().string(), settings, recorder);
        QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
        QCOMPARE(outcome->stopped, stopAt > 0);
        const auto whole = [&] {
            for (const char* name : {"config.json", "model.safetensors", "preprocessor_config.json", "README.md", "run.json", "trainer_state.json", "report.json", "runs"})
                QVERIFY2(fs::exists(recorder.folder + "/" + name), name);
            QCOMPARE((*readJson(recorder.folder + "/run.json"))["settings"]["max_steps"].get<int>(), 9);
        };
        if (!outcome->stopped)
            return whole();
        QVERIFY(fs::exists(recorder.folder + "/run.json"));
        Recorder second;
        const auto resumed = run(fs::path(recorder.folder).filename().string(), settings, second, true);
        QVERIFY2(resumed, resumed ? "" : resumed.error().message.c_str());
        QCOMPARE(resumed->steps, 9);
        whole();
    }

    void refusesToGoOnWithOtherSettingsOrClips()
    {
        const Settings settings = {{"max_steps", "2"}, {"save_strategy", "steps"}, {"save_steps", "1"}};
        Recorder recorder;
        QVERIFY(run("other", settings, recorder));
        const auto before = readFile(path("other/run.json"));
        for (const auto& [key, value] : Settings{{"learning_rate", "1"}, {"seed", "7"}, {"per_device_train_batch_size", "3"}, {"train_length", "whole"}}) {
            Settings changed = settings;
            changed.push_back({key, value});
            const auto refused = run("other", changed, recorder, true);
            QCOMPARE(code(refused), std::string("train.cannot_resume"));
            QVERIFY2(refused.error().message.find("the setting " + key + " was ") != std::string::npos, refused.error().message.c_str());
        }
        QVERIFY(*readFile(path("other/run.json")) == *before);
        const auto all = train_;
        train_.pop_back();
        QCOMPARE(code(run("other", settings, recorder, true)), std::string("train.cannot_resume"));
        train_ = all;
        QCOMPARE(code(run("nothing there", settings, recorder, true)), std::string("train.cannot_resume"));
        QVERIFY(run("other", settings, recorder, true)); // done already: finishes again
    }

    void goesOnToALaterEnd_data()
    {
        QTest::addColumn<int>("end");
        QTest::addColumn<QString>("saveStrategy");
        for (const int end : {2, 3, 8}) // within an epoch of three steps, at its end, within another
            for (const char* saving : {"steps", "epoch"})
                QTest::addRow("%d, %s", end, saving) << end << QString(saving);
    }
    void goesOnToALaterEnd()
    {
        QFETCH(int, end);
        QFETCH(QString, saveStrategy);
        const auto settings = [&](int steps) {
            return Settings{{"max_steps", std::to_string(steps)}, {"lr_scheduler_type", "constant"}, {"learning_rate", "1e-3"},
                            {"per_device_train_batch_size", "2"}, {"gradient_accumulation_steps", "2"}, {"max_length_seconds", "0.09"},
                            {"save_strategy", saveStrategy.toStdString()}};
        };
        Recorder recorder;
        if (!fs::exists(path("later whole")))
            QVERIFY(run("later whole", settings(11), recorder));
        const std::string name = "later " + std::to_string(end) + saveStrategy.toStdString();
        QVERIFY(run(name, settings(end), recorder));
        const auto longer = run(name, settings(11), recorder, true);
        QVERIFY2(longer, longer ? "" : longer.error().message.c_str());
        QCOMPARE(longer->steps, 11);
        QCOMPARE((*readJson(path(name + "/trainer_state.json")))["max_steps"].get<int>(), 11);
        QCOMPARE((*readJson(path(name + "/run.json")))["settings"]["max_steps"].get<int>(), 11);
        QVERIFY(*readFile(path(name + "/model.safetensors")) == *readFile(path("later whole/model.safetensors")));
    }

    void goesOnWithOtherLogsAndEvaluations()
    {
        Recorder recorder;
        QVERIFY(run("free", {{"num_train_epochs", "1"}}, recorder));
        const auto on = run("free", {{"num_train_epochs", "2"}, {"eval_strategy", "epoch"}, {"save_strategy", "epoch"}, {"logging_steps", "1"},
                                     {"save_total_limit", "1"}, {"load_best_model_at_end", "true"}, {"metric_for_best_model", "f1"},
                                     {"gradient_checkpointing", "true"}, {"early_stopping_patience", "3"}, {"per_device_eval_batch_size", "2"}, {"dataloader_num_workers", "1"}},
                            recorder, true);
        QVERIFY2(on, on ? "" : on.error().message.c_str());
        QCOMPARE(on->steps, 4);
        QCOMPARE(recorder.evaluations.size(), std::size_t(2)); // the checkpoint was written before its epoch ended
        QVERIFY(on->bestMetric);
    }

    /// Trainer's optimiser state holds the next step's rate by the old total; from then on the new total counts.
    void laterEndMovesTheLearningRate()
    {
        const Settings settings = {{"max_steps", "4"}, {"learning_rate", "1e-3"}, {"warmup_steps", "2"}, {"logging_steps", "1"}};
        Recorder recorder;
        QVERIFY(run("rates", settings, recorder));
        Settings further = settings;
        further.front().second = "8";
        recorder.steps.clear();
        QVERIFY(run("rates", further, recorder, true));
        std::vector<double> rates;
        for (const StepEvent& event : recorder.steps)
            rates.push_back(event.learningRate);
        QCOMPARE(rates, (std::vector<double>{0, 1e-3 * 3 / 6, 1e-3 * 2 / 6, 1e-3 * 1 / 6}));
    }

    void replacesOnlyWhatItMay()
    {
        const Settings settings = {{"max_steps", "1"}};
        Recorder recorder;
        QVERIFY(run("taken", settings, recorder));
        QCOMPARE(code(run("taken", settings, recorder)), std::string("usage.out_exists"));
        QVERIFY(writeFileAtomically(path("taken/mine.txt"), "x"));
        overwrite_ = true;
        QCOMPARE(code(run("taken", {{"max_steps", "1"}, {"metric_for_best_model", "nonsense"}, {"eval_on_start", "true"}}, recorder)), std::string("recipe.bad_value"));
        QVERIFY(fs::exists(path("taken/mine.txt"))); // failed early: all is as it was
        QVERIFY(run("taken", settings, recorder));
        QVERIFY(!fs::exists(path("taken/mine.txt")));
        fs::create_directories(path("photos/2024"));
        QCOMPARE(code(run("photos", settings, recorder)), std::string("usage.out_exists"));
        overwrite_ = false;
        for (const auto& entry : fs::directory_iterator(folder_.path().toStdString()))
            QVERIFY2(entry.path().string().find(".replaced-") == std::string::npos, entry.path().c_str());
    }

    void leavesOutWhatCannotBeRead()
    {
        const auto all = train_;
        train_[3].clip.source.path = path("not there.wav");
        QVERIFY(writeFileAtomically(path("text.wav"), "this is no sound"));
        train_[4].clip.source.path = path("text.wav");
        writeTone(path("short.wav"), 300, 3);
        train_[5].clip.source.path = path("short.wav");
        Recorder recorder;
        const auto outcome = run("leaves", {{"max_steps", "1"}}, recorder);
        train_ = all;
        QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
        const auto remark = std::ranges::find_if(recorder.remarks, [](const Remark& told) { return told.message.starts_with("3 clips of the training set were left out"); });
        QVERIFY(remark != recorder.remarks.end());
        QCOMPARE(remark->code, std::string("train.training_left_out"));
        QCOMPARE(remark->causes.size(), std::size_t(3));
        for (const char* name : {"clip3", "clip4", "clip5"})
            QVERIFY2(remark->message.find(name) != std::string::npos, remark->message.c_str());
    }

    void stopsEarly()
    {
        Recorder recorder;
        const auto outcome = run("early", {{"num_train_epochs", "50"}, {"learning_rate", "0"}, {"eval_strategy", "epoch"}, {"early_stopping_patience", "2"}}, recorder);
        QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
        QCOMPARE(recorder.evaluations.size(), std::size_t(3)); // the first is the best, two are no better
    }

    void classifiesEachClipAsIfAlone()
    {
        ClassifyRequest request{.model = path("learns"), .samples = train_, .batchSize = 4, .options = {.device = "cpu", .threads = 1}};
        const auto together = classify(request);
        QCOMPARE(together.size(), train_.size());
        for (std::size_t i = 0; i < train_.size(); ++i) {
            request.samples = {train_[i]};
            const auto alone = classify(request);
            for (std::size_t k = 0; k < alone[0].scores.size(); ++k)
                QVERIFY(std::abs(alone[0].scores[k] - together[i].scores[k]) < 1e-5);
        }
    }

    void windowsOfSeveralClipsMeetInBatches()
    {
        std::vector<Sample> samples = train_;
        writeTone(path("long.wav"), 500, 40000);
        samples[2].clip.source.path = path("long.wav");
        samples[5].clip.source.path = path("not there.wav");
        for (const double window : {0.08, 0.5}) // within the clips, and longer than most
            for (const bool pads : {false, true}) {
                ClassifyRequest request{.model = path("learns"), .samples = samples, .window = window, .padsLastWindow = pads, .batchSize = 3, .options = {.device = "cpu", .threads = 1}};
                const auto together = classify(request);
                QCOMPARE(together.size(), samples.size());
                for (std::size_t i = 0; i < samples.size(); ++i) {
                    QCOMPARE(together[i].index, i);
                    request.samples = {samples[i]};
                    const ClassifiedClip alone = classify(request).front();
                    QCOMPARE(together[i].error.has_value(), i == 5);
                    QCOMPARE(together[i].windows.size(), alone.windows.size());
                    QVERIFY(i == 5 || !alone.windows.empty());
                    for (std::size_t k = 0; k < alone.windows.size(); ++k) {
                        QCOMPARE(together[i].windows[k].start, alone.windows[k].start);
                        QCOMPARE(together[i].windows[k].end, alone.windows[k].end);
                        for (std::size_t label = 0; label < alone.windows[k].scores.size(); ++label)
                            QVERIFY(std::abs(together[i].windows[k].scores[label] - alone.windows[k].scores[label]) < 1e-6);
                    }
                }
            }
    }

    void windowsCoverTheWholeClip()
    {
        ClassifyRequest request{.model = path("learns"), .samples = {train_[4]}, .window = 0.05, .hop = 0.03, .options = {.device = "cpu", .threads = 1}};
        const auto clips = classify(request);
        const double duration = (1200 + 173 * 4) / 16000.0;
        const auto& windows = clips[0].windows;
        QVERIFY(windows.size() == 4);
        for (std::size_t i = 0; i < windows.size(); ++i)
            QVERIFY(std::abs(windows[i].start - 0.03 * static_cast<double>(i)) < 1e-9);
        QVERIFY(std::abs(windows.back().end - duration) < 1e-9);
        request.function = "cube";
        QCOMPARE(code(Executor::instance().run([&] { return classifyClips(request, [](const ClassifiedClip&) {}, {}); })), std::string("usage"));
    }

private:
    std::vector<ClassifiedClip> classify(const ClassifyRequest& request) const
    {
        std::vector<ClassifiedClip> clips;
        const auto outcome = Executor::instance().run(
            [&] { return guarded([&] { return classifyClips(request, [&](const ClassifiedClip& clip) { clips.push_back(clip); }, {}); }); });
        if (!outcome)
            qFatal("%s", outcome.error().message.c_str());
        return clips;
    }
};

QTEST_GUILESS_MAIN(TestTraining)
#include "tst_training.moc"
