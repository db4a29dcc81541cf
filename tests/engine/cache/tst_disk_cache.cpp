// Values on disk: found again, never wrong, never too many.
#include "engine/cache/disk_cache.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>
#include <vector>

using namespace earmark;

class DiskCacheTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;
    QString place_;

    QStringList files() const { return QDir(place_).entryList(QDir::Files); }
    qint64 bytes() const
    {
        qint64 size = 0;
        for (const QFileInfo& file : QDir(place_).entryInfoList(QDir::Files))
            size += file.size();
        return size;
    }

private Q_SLOTS:
    void init()
    {
        static int number = 0;
        place_ = folder_.filePath(QString("a/%1").arg(++number));
    }

    void isMeasuredAndEmptied()
    {
        DiskCache cache(place_.toStdString(), 1 << 20);
        QCOMPARE(cache.size(), std::uint64_t{0});
        cache.put("a", std::string(5000, 'a'));
        QVERIFY(cache.size() >= 5000);
        cache.clear();
        QCOMPARE(cache.size(), std::uint64_t{0});
        QVERIFY(!cache.get("a"));
        cache.setLimit(1000);
        cache.put("b", std::string(500, 'b'));
        QVERIFY(!cache.get("b"));
    }

    void keepsWhatItIsGiven()
    {
        DiskCache cache(place_.toStdString(), 1 << 20);
        QVERIFY(!cache.get("a"));
        const std::string value("\0one\xff", 5);
        cache.put("a", value);
        cache.put("b", "");
        QCOMPARE(*cache.get("a"), value);
        QCOMPARE(*cache.get("b"), std::string());
        cache.put("a", "two");
        QCOMPARE(*DiskCache(place_.toStdString(), 1 << 20).get("a"), std::string("two"));
        QCOMPARE(files().size(), 2);
    }

    void whatIsDamagedIsAbsent()
    {
        DiskCache cache(place_.toStdString(), 1 << 20);
        cache.put("key", std::string(1000, 'x'));
        QFile file(place_ + '/' + files().first());
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray good = file.readAll();
        const auto write = [&](const QByteArray& content) {
            file.resize(0);
            file.seek(0);
            file.write(content);
            file.flush();
        };
        for (const qsizetype at : {qsizetype(0), qsizetype(9), qsizetype(30), good.size() - 1}) {
            QByteArray bad = good;
            bad[at] = static_cast<char>(bad[at] ^ 1);
            write(bad);
            QVERIFY(!cache.get("key"));
        }
        for (const qsizetype length : {qsizetype(0), qsizetype(5), qsizetype(20), good.size() - 1}) {
            write(good.first(length));
            QVERIFY(!cache.get("key"));
        }
        write(good);
        QVERIFY(cache.get("key"));
    }

    void anotherKeysValueIsAbsent()
    {
        DiskCache cache(place_.toStdString(), 1 << 20);
        cache.put("one", "1");
        const QString first = files().first();
        cache.put("two", "2");
        const QStringList both = files();
        const QString second = both[0] == first ? both[1] : both[0];
        QVERIFY(QFile::remove(place_ + '/' + second));
        QVERIFY(QFile::copy(place_ + '/' + first, place_ + '/' + second));
        QVERIFY(!cache.get("two"));
        QVERIFY(cache.get("one"));
    }

    void theLimitHolds()
    {
        constexpr qint64 limit = 100000;
        DiskCache cache(place_.toStdString(), limit);
        const std::string value(5000, 'v');
        cache.put("keep", value);
        for (int i = 0; i < 60; ++i) {
            cache.put("value " + std::to_string(i), value);
            QVERIFY(bytes() <= limit);
            QTest::qSleep(2); // times of files are as coarse as the system's clock
            QVERIFY(cache.get("keep")); // used all the time
        }
        QVERIFY(cache.get("value 59"));
        QVERIFY(!cache.get("value 0"));
        cache.put("large", std::string(limit / 3, 'l'));
        QVERIFY(!cache.get("large"));
    }

    void withoutAPlaceNothingIsKept()
    {
        DiskCache nowhere("", 1000), unwritable("/proc/nowhere", 1000);
        for (DiskCache* cache : {&nowhere, &unwritable}) {
            cache->put("a", "1");
            QVERIFY(!cache->get("a"));
        }
    }

    void severalThreadsAtOnce()
    {
        DiskCache cache(place_.toStdString(), 200000);
        std::vector<std::thread> threads;
        std::atomic<int> wrong = 0;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 50; ++i) {
                    const std::string key = std::to_string((i + t) % 10), value = std::string(3000, static_cast<char>('a' + (i + t) % 10));
                    cache.put(key, value);
                    if (const auto found = cache.get(key); found && *found != value)
                        ++wrong;
                }
            });
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(wrong.load(), 0);
        for (const QString& file : files())
            QVERIFY2(!file.contains("partial"), qPrintable(file));
    }
};

QTEST_GUILESS_MAIN(DiskCacheTest)
#include "tst_disk_cache.moc"
