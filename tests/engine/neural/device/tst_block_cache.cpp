#include "engine/neural/device/block_cache.h"
#include "engine/neural/device/executor.h"
#include "engine/neural/device/torch.h"

#include <atomic>
#include <cstring>
#include <thread>

#undef slots
#include <QtTest>

using namespace earmark::neural;

namespace
{

constexpr std::size_t MiB = 1 << 20;

} // namespace

class TestBlockCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesABlockToTheNextOfItsSize()
    {
        BlockCache cache;
        void* first = cache.take(100 * MiB);
        std::memset(first, 7, 100 * MiB);
        QVERIFY(cache.holds(first));
        cache.give(first);
        QVERIFY(!cache.holds(first));
        QCOMPARE(cache.used(), std::size_t{0});
        void* other = cache.take(10 * MiB);
        QVERIFY(other != first);
        QCOMPARE(cache.take(100 * MiB - 5), first);
        QCOMPARE(cache.spare(), std::size_t{0});
        cache.give(first);
        cache.give(other);
    }

    void roundsUpByAnEighthAtMost()
    {
        for (const std::size_t bytes : {MiB, MiB + 1, 3 * MiB - 1, 119 * MiB + 12345, 128 * MiB - 1, std::size_t{1}}) {
            BlockCache cache;
            void* start = cache.take(bytes);
            QVERIFY(reinterpret_cast<std::uintptr_t>(start) % 4096 == 0);
            QVERIFY(cache.used() >= bytes);
            QVERIFY(cache.used() <= std::max<std::size_t>(4096, bytes + bytes / 8));
            static_cast<char*>(start)[bytes - 1] = 1;
            cache.give(start);
        }
    }

    /// A run whose clips are all of other lengths must not pile up a block for each.
    void keepsAQuarterMoreThanWasEverUsed()
    {
        BlockCache cache;
        for (std::size_t size = 8 * MiB; size < 64 * MiB; size += MiB) {
            void* a = cache.take(size);
            void* b = cache.take(size / 2);
            QVERIFY(cache.spare() + cache.used() <= 120 * MiB + 20 * MiB);
            cache.give(a);
            cache.give(b);
        }
        QVERIFY(cache.spare() > 60 * MiB);
        cache.trim();
        QCOMPARE(cache.spare(), std::size_t{0});
    }

    void refusesWhatTheKernelHasNot()
    {
        BlockCache cache;
        void* kept = cache.take(MiB);
        cache.give(kept);
        QVERIFY(!cache.take(std::size_t{1} << 60));
        QVERIFY(!cache.take(SIZE_MAX));
        QCOMPARE(cache.used(), std::size_t{0});
        for (const std::size_t size : {MiB, 2 * MiB, 4 * MiB, 8 * MiB}) // and what it was asked for in vain counts for nothing
            cache.give(cache.take(size));
        QVERIFY(cache.spare() <= 10 * MiB);
    }

    void servesManyThreads()
    {
        BlockCache cache;
        std::vector<std::thread> threads;
        std::atomic<bool> shared = false;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&, i] {
                for (int round = 0; round < 500; ++round) {
                    auto* block = static_cast<int*>(cache.take(MiB));
                    *block = i;
                    std::this_thread::yield();
                    if (*block != i)
                        shared = true;
                    cache.give(block);
                }
            });
        for (std::thread& thread : threads)
            thread.join();
        QVERIFY(!shared);
        QCOMPARE(cache.used(), std::size_t{0});
    }

    /// Through LibTorch: the memory of a tensor that is gone serves the next, whichever thread let go of it.
    void servesTensors()
    {
        Executor::instance().run([] {
            torch::Tensor first = torch::full({3'000'000}, 1.0f);
            const void* start = first.data_ptr();
            std::thread([gone = std::move(first)]() mutable { gone.reset(); }).join();
            const torch::Tensor next = torch::empty({3'000'001});
            QCOMPARE(static_cast<const void*>(next.data_ptr()), start);
            const torch::Tensor small = torch::arange(10);
            QCOMPARE(small.sum().item<int>(), 45);
            torch::Tensor grown = torch::ones({10});
            grown.resize_({5'000'000});
            QCOMPARE(grown.narrow(0, 0, 10).sum().item<float>(), 10.0f);
            QVERIFY_THROWS_EXCEPTION(c10::Error, torch::empty({std::int64_t{1} << 58}));
        });
    }
};

QTEST_GUILESS_MAIN(TestBlockCache)
#include "tst_block_cache.moc"
