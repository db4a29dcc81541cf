// What a training would take, and a training that is held up between two steps.
#include "engine/neural/torch_compute.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

#include "tests/support/corpus.h"

using namespace earmark;

class EstimateTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;
    neural::TorchCompute compute_;

    TrainRequest request(int clips, const std::string& settings = {}) const
    {
        TrainRequest request{.base = "scratch:" + test::tinyPreset().toStdString(), .out = folder_.filePath("run").toStdString(), .overwrite = true};
        request.options.device = "cpu";
        for (int label = 0; label < 2; ++label)
            for (int clip = 0; clip < clips; ++clip)
                request.train.push_back({.id = label * clips + clip + 1,
                                         .name = "clip",
                                         .clip = {.source = {.path = folder_.filePath(QString("tone-%1/%2.wav").arg(label).arg(clip, 3, 10, QChar('0'))).toStdString()}},
                                         .labels = {label ? "high" : "low"},
                                         .seconds = 1});
        if (!request.recipe.applyJson(settings.empty() ? R"({"per_device_train_batch_size": 4, "num_train_epochs": 2})" : settings))
            qFatal("settings");
        return request;
    }

private Q_SLOTS:
    void initTestCase() { test::writeToneCorpus(folder_.path(), 2, 6); }

    void countsAndMeasures()
    {
        const TrainEstimate estimate = compute_.estimate(request(6), {}).value().value();
        QCOMPARE(estimate.device, std::string("cpu"));
        QCOMPARE(estimate.steps, 6); // 12 clips in batches of 4, twice
        QVERIFY(estimate.parameters > 10000);
        QCOMPARE(estimate.trainedParameters, estimate.parameters);
        QCOMPARE(estimate.stateBytes, 16 * estimate.parameters);
        QVERIFY(estimate.activationBytes > 100'000);
        QVERIFY(estimate.freeBytes > 0);
        QVERIFY(estimate.fits);
        QCOMPARE(estimate.per_device_train_batch_size, 4);
        QCOMPARE(estimate.gradient_accumulation_steps, 1);
        QVERIFY(estimate.secondsPerStep > 0);
        QVERIFY(estimate.seconds >= 6 * estimate.secondsPerStep);
        QVERIFY(!QFileInfo::exists(folder_.filePath("run"))); // it leaves nothing behind
    }

    void moreClipsAtOnceTakeMore()
    {
        const TrainEstimate few = compute_.estimate(request(6), {}).value().value();
        const TrainEstimate huge =
            compute_.estimate(request(5000, R"({"per_device_train_batch_size": 10000, "gradient_accumulation_steps": 2, "max_steps": 5})"), {}).value().value();
        QVERIFY(huge.activationBytes > 500 * few.activationBytes);
        QCOMPARE(huge.steps, 5);
        QVERIFY(huge.secondsPerStep > 100 * few.secondsPerStep);
        QVERIFY(huge.per_device_train_batch_size * huge.gradient_accumulation_steps >= 20000);
        QCOMPARE(huge.fits, huge.per_device_train_batch_size == 10000);
    }

    void frozenPartsCostLess()
    {
        const TrainEstimate whole = compute_.estimate(request(6), {}).value().value();
        const TrainEstimate head = compute_.estimate(request(6, R"({"freeze_base_model": true})"), {}).value().value();
        QCOMPARE(head.parameters, whole.parameters);
        QVERIFY(head.trainedParameters < whole.trainedParameters / 10);
        QVERIFY(head.stateBytes < whole.stateBytes);
        QVERIFY(head.activationBytes < whole.activationBytes);
    }

    void whatCannotBeEstimated()
    {
        QCOMPARE(compute_.estimate({.base = "scratch:nothing"}, {}).error().code, compute_.estimate({}, {}).error().code);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!compute_.estimate(request(6), stop.get_token()).value());
    }

    void aHeldTrainingLetsPredictionsRun()
    {
        struct Observer final : TrainObserver {
            void progress(std::int64_t step, std::int64_t) override { done = step; }
            bool held() override
            {
                asked = done >= 2;
                return asked && !go;
            }
            std::atomic<std::int64_t> done = 0;
            std::atomic<bool> asked = false, go = false;
        } observer;
        const TrainRequest asked = request(6);
        std::optional<TrainOutcome> outcome;
        std::jthread training([&] { outcome = compute_.train(asked, observer, {}).value(); });
        QTRY_VERIFY_WITH_TIMEOUT(observer.asked, 30000);
        QVERIFY(compute_.estimate(request(6), {}).value()); // a small job comes through
        QCOMPARE(observer.done.load(), 2);
        observer.go = true;
        training.join();
        QCOMPARE(outcome->steps, 6);
    }
};

QTEST_GUILESS_MAIN(EstimateTest)
#include "tst_estimate.moc"
