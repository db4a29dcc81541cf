// Deliveries, sessions and their queue.
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <latch>

#include "engine/bridge/delivery.h"
#include "engine/bridge/session_queue.h"

using namespace earmark;

namespace
{

class Counting final : public Session
{
public:
    explicit Counting(std::int64_t total, std::latch* gate = nullptr) : Session(Kind::other, "count", nullptr), total_(total), gate_(gate) {}
    ~Counting() override { halt(); }

protected:
    Result<bool> work(std::stop_token stop) override
    {
        if (gate_)
            gate_->wait();
        for (std::int64_t i = 1; i <= total_; ++i) {
            if (stop.stop_requested())
                return false;
            reportProgress(i, total_);
        }
        if (total_ == 13)
            return failure("usage", "Thirteen is too many.");
        return true;
    }

private:
    std::int64_t total_;
    std::latch* gate_;
};

} // namespace

class SessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliveriesAreInOrderAndFew()
    {
        QObject owner;
        std::vector<int> got;
        int deliveries = 0;
        Delivery<int> delivery(
            [&](std::vector<int>&& part) {
                ++deliveries;
                got.insert(got.end(), part.begin(), part.end());
            },
            &owner);
        std::jthread worker([&] {
            for (int i = 0; i < 100000; ++i)
                delivery.push(i);
        });
        QTRY_COMPARE(got.size(), std::size_t(100000));
        for (int i = 0; i < 100000; ++i)
            QCOMPARE(got[static_cast<std::size_t>(i)], i);
        QVERIFY2(deliveries < 60, qPrintable(QString::number(deliveries)));
    }

    void mailKeepsItsOrder()
    {
        std::vector<int> done;
        auto mailbox = std::make_unique<Mailbox>();
        std::jthread([&] {
            for (int i = 0; i < 100; ++i)
                mailbox->post([&, i] {
                    if (i == 10)
                        QCoreApplication::sendPostedEvents(); // as the loop of a dialog does
                    done.push_back(i);
                });
        }).join();
        QTRY_COMPARE(done.size(), std::size_t(100));
        QCOMPARE(done[9], 9);
        QCOMPARE(done[10], 11); // begun after it, ended before
        QCOMPARE(done.back(), 10);
        mailbox->post([&] { done.clear(); });
        mailbox.reset();
        QCoreApplication::processEvents();
        QCOMPARE(done.size(), std::size_t(100));
    }

    void sessionEndsWithAllItTold()
    {
        Counting session(5000);
        QSignalSpy ended(&session, &Session::ended);
        session.start();
        QVERIFY(ended.wait());
        QCOMPARE(session.state(), Session::State::finished);
        QCOMPARE(session.done(), 5000);
        QCOMPARE(session.total(), 5000);
        const double took = session.secondsElapsed();
        QElapsedTimer clock;
        for (clock.start(); clock.elapsed() < 5;)
            QCoreApplication::processEvents();
        QCOMPARE(session.secondsElapsed(), took); // it is over
    }

    void failureIsKept()
    {
        Counting session(13);
        QSignalSpy ended(&session, &Session::ended);
        session.start();
        QVERIFY(ended.wait());
        QCOMPARE(session.state(), Session::State::failed);
        QCOMPARE(session.error()->message, std::string("Thirteen is too many."));
    }

    void destructorStopsAndWaits()
    {
        std::latch gate(1);
        auto session = std::make_unique<Counting>(std::int64_t(1) << 40, &gate);
        session->start();
        gate.count_down();
        session.reset();
    }

    void queueRunsOneAtATime()
    {
        SessionQueue queue;
        std::latch gate(1);
        const auto first = std::make_shared<Counting>(10, &gate);
        const auto second = std::make_shared<Counting>(10);
        const auto third = std::make_shared<Counting>(10);
        QSignalSpy ended(&queue, &SessionQueue::ended);
        queue.enqueue(first);
        queue.enqueue(second);
        queue.enqueue(third);
        QCOMPARE(first->state(), Session::State::running);
        QCOMPARE(second->state(), Session::State::waiting);
        second->stop();
        QCOMPARE(second->state(), Session::State::stopped);
        gate.count_down();
        QTRY_COMPARE(ended.size(), 3);
        QCOMPARE(first->state(), Session::State::finished);
        QCOMPARE(third->state(), Session::State::finished);
        QVERIFY(!queue.isBusy());
        queue.forget(second.get());
        QCOMPARE(queue.sessions().size(), std::size_t(2));
    }
};

QTEST_GUILESS_MAIN(SessionTest)
#include "tst_session.moc"
