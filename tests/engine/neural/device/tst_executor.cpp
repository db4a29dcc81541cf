
#include "engine/neural/device/device.h"
#include "engine/neural/device/executor.h"
#include "engine/neural/device/guarded.h"
#include "engine/neural/device/guards.h"
#include "engine/neural/device/torch.h"

#include <future>

#undef slots
#include <QtTest>

using namespace earmark;
using namespace earmark::neural;

class TestExecutor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsJobsOfAllThreadsOnOneThread()
    {
        Executor& executor = Executor::instance();
        const auto own = executor.run([] { return std::this_thread::get_id(); });
        QVERIFY(own != std::this_thread::get_id());
        auto other = std::async(std::launch::async, [&] { return executor.run([] { return std::this_thread::get_id(); }); });
        QVERIFY(other.get() == own);
        QCOMPARE(executor.run([&] { return executor.run([] { return 7; }); }), 7); // nested calls do not wait for themselves
    }

    void passesExceptionsOn()
    {
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, Executor::instance().run([] { throw std::runtime_error("no"); }));
    }

    void runsSmallJobsBetweenStepsAndPutsTheStateBack()
    {
        Executor& executor = Executor::instance();
        std::promise<void> inside;
        std::promise<void> goOn;
        double drawn = 0;
        double expected = 0;
        int small = 0;
        int large = 0;
        auto training = std::async(std::launch::async, [&] {
            executor.run([&] {
                torch::manual_seed(3);
                const torch::Tensor state = generatorState(torch::kCPU);
                expected = torch::rand({}).item<double>();
                setGeneratorState(torch::kCPU, state);
                inside.set_value();
                goOn.get_future().wait();
                while (small == 0)
                    executor.betweenSteps();
                drawn = torch::rand({}).item<double>();
                large = 1;
            });
        });
        inside.get_future().wait();
        auto prediction = std::async(std::launch::async, [&] {
            goOn.set_value();
            executor.runSoon([&] {
                torch::manual_seed(99);
                c10::GradMode::set_enabled(false);
                setThreads(1);
                small = large == 0 ? 1 : 2;
            });
        });
        training.get();
        prediction.get();
        QCOMPARE(small, 1); // while the long job was still at work
        QCOMPARE(drawn, expected);
        executor.run([&] { QVERIFY(c10::GradMode::is_enabled()); });
    }

    void saysNoToDevicesThatAreNotThere()
    {
        const auto cpu = chooseDevice("cpu");
        QVERIFY(cpu && cpu->is_cpu());
        QVERIFY(chooseDevice("auto"));
        QCOMPARE(chooseDevice("cuda:1000").error().code, std::string("compute.no_device"));
        QCOMPARE(chooseDevice("toaster").error().code, std::string("usage"));
        QCOMPARE(chooseDevice("cuda:x").error().code, std::string("usage"));
        if (!torch::cuda::is_available())
            QCOMPARE(chooseDevice("cuda").error().code, std::string("compute.no_device"));
    }

    void describesTheCpu()
    {
        const auto devices = describeDevices();
        QCOMPARE(devices.front().name, std::string("cpu"));
        QVERIFY(devices.front().totalMemory > devices.front().freeMemory && devices.front().freeMemory > 0);
        QVERIFY(physicalCores() >= 1);
    }

    void turnsExceptionsIntoSentences()
    {
        const auto memory = guarded([]() -> Result<int> {
            torch::empty({1LL << 46});
            return 1;
        });
        QCOMPARE(memory.error().code, std::string("compute.out_of_memory"));
        const auto shape = guarded([]() -> Result<int> {
            torch::zeros({2, 3}).matmul(torch::zeros({2, 3}));
            return 1;
        });
        QCOMPARE(shape.error().code, std::string("internal"));
        QVERIFY(shape.error().message.find('\n') == std::string::npos);
        QVERIFY(shape.error().message.find("frame #") == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestExecutor)
#include "tst_executor.moc"
