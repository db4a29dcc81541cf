#include "engine/base/file.h"
#include "engine/neural/infer/read_ahead.h"
#include "engine/neural/train/run_checkpoint.h"
#include "engine/neural/train/tensorboard.h"
#include "engine/neural/train/trainer_state.h"

#undef slots
#include <QTemporaryDir>
#include <QtTest>
#include <bit>
#include <filesystem>

using namespace earmark;
using namespace earmark::neural;
namespace fs = std::filesystem;

namespace
{

std::uint64_t little(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

std::uint32_t masked(std::string_view bytes)
{
    const std::uint32_t crc = crc32c(bytes);
    return (crc >> 15 | crc << 17) + 0xa282ead8u;
}

} // namespace

class TestRunFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void crcIsCastagnolis() // RFC 3720, B.4
    {
        QCOMPARE(crc32c(std::string(32, '\0')), 0x8a9136aau);
        QCOMPARE(crc32c("123456789"), 0xe3069283u);
    }

    void eventFilesHoldFramedRecords()
    {
        const QTemporaryDir folder;
        auto writer = TensorBoardWriter::open(folder.path().toStdString() + "/runs");
        QVERIFY(writer);
        QVERIFY(writer->scalar("train/loss", 1.5, 300));
        const std::string file = *readFile(writer->path());
        std::vector<std::string> records;
        for (std::size_t at = 0; at < file.size();) {
            const std::string_view length = std::string_view(file).substr(at, 8);
            const std::size_t size = little(length);
            QCOMPARE(little(std::string_view(file).substr(at + 8, 4)), std::uint64_t(masked(length)));
            records.push_back(file.substr(at + 12, size));
            QCOMPARE(little(std::string_view(file).substr(at + 12 + size, 4)), std::uint64_t(masked(records.back())));
            at += size + 16;
        }
        QCOMPARE(records.size(), std::size_t(2));
        QVERIFY(records[0].find("brain.Event:2") != std::string::npos);
        // wall_time, then step 300 as a varint, then a summary of one value: its tag and 1.5f.
        const std::string expected = std::string("\x10\xac\x02\x2a\x13\x0a\x11\x0a\x0atrain/loss\x15", 20) + std::string("\0\0\xc0\x3f", 4);
        QCOMPARE(QByteArray::fromStdString(records[1].substr(9)).toHex(), QByteArray::fromStdString(expected).toHex());
    }

    void stateIsReadBack()
    {
        TrainerState state{.global_step = 7, .epoch = 1.75, .max_steps = 20, .best_metric = 0.25, .best_global_step = 5, .best_model_checkpoint = "checkpoint-5"};
        state.earlyStoppingCounter = 2;
        state.log({{"loss", 0.1}, {"grad_norm", std::nan("")}});
        const auto json = parseJson(state.toJson(false), "x");
        QVERIFY(json);
        const auto read = TrainerState::fromJson(*json);
        QVERIFY(read);
        QCOMPARE(read->global_step, 7);
        QCOMPARE(read->best_metric, std::optional(0.25));
        QCOMPARE(read->earlyStoppingCounter, 2);
        QCOMPARE(read->log_history.size(), std::size_t(1));
        QCOMPARE(read->log_history[0]["loss"].get<double>(), 0.1);
        QVERIFY(read->log_history[0]["grad_norm"].is_null());
        QVERIFY(!TrainerState::fromJson(Json::array()));
    }

    void rotationKeepsTheBest()
    {
        const QTemporaryDir folder;
        const std::string run = folder.path().toStdString();
        const auto fill = [&] {
            for (int step = 1; step <= 5; ++step)
                fs::create_directories(run + "/" + checkpointName(step) + "/inside");
        };
        fill();
        fs::create_directories(run + "/checkpoint-9.partial-12");
        fs::create_directories(run + "/checkpoint-3.removed");
        QCOMPARE(checkpointSteps(run), (std::vector<std::int64_t>{1, 2, 3, 4, 5}));
        rotateCheckpoints(run, 2, 1);
        QCOMPARE(checkpointSteps(run), (std::vector<std::int64_t>{1, 5}));
        fill();
        rotateCheckpoints(run, 1, 3);
        QCOMPARE(checkpointSteps(run), (std::vector<std::int64_t>{3, 5}));
        fill();
        rotateCheckpoints(run, 1, 0);
        QCOMPARE(checkpointSteps(run), (std::vector<std::int64_t>{5}));
        removeRemains(run);
        QCOMPARE(std::distance(fs::directory_iterator(run), fs::directory_iterator()), 1);
        QVERIFY(!latestResumable(run));
    }

    void readsAheadInOrder()
    {
        std::atomic<int> most = 0;
        std::atomic<int> made = 0;
        ReadAhead<int> reader(50, 3, 4, [&](std::size_t i) {
            most = std::max(most.load(), ++made);
            std::this_thread::sleep_for(std::chrono::microseconds((i * 7919) % 300));
            return static_cast<int>(i);
        });
        for (int i = 0; i < 30; ++i) {
            QCOMPARE(reader.next(), i);
            QVERIFY(made <= i + 1 + 4);
        }
        ReadAhead<int> failing(3, 1, 1, [](std::size_t) -> int { throw std::bad_alloc(); });
        QVERIFY_THROWS_EXCEPTION(std::bad_alloc, failing.next());
    }
};

QTEST_GUILESS_MAIN(TestRunFiles)
#include "tst_run_files.moc"
