#include <QTest>

#include "engine/eval/report_file.h"

using namespace earmark;

namespace
{

ClassificationReport example()
{
    return classificationReport({"a", "b, or \"c\""}, {{.id = 7, .name = "x/one.wav", .label = 0, .prediction = 0, .scores = {0.9F, 0.1F}},
                                                       {.id = 8, .name = "two\nlines.wav", .label = 0, .prediction = 1, .scores = {0.25F, 0.75F}},
                                                       {.id = 9, .name = "three.wav", .label = -1, .prediction = 1, .scores = {0.5F, 0.5F}}});
}

} // namespace

class ReportFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatWasWritten()
    {
        const ClassificationReport written = example();
        const Result<StoredReport> read = parseReport(toJson(written, "test"));
        QVERIFY(read.has_value());
        QCOMPARE(read->split, std::string("test"));
        QCOMPARE(read->report.labels, written.labels);
        QCOMPARE(read->report.accuracy, written.accuracy);
        QCOMPARE(read->report.confusion, written.confusion);
        QCOMPARE(read->report.perClip.size(), std::size_t(3));
        QCOMPARE(read->report.perClip[1].scores, written.perClip[1].scores);
        QCOMPARE(read->report.perClip[2].label, -1);
        QCOMPARE(read->report.perClip[0].id, 7);
    }

    void refusesWhatIsNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut short") << QByteArray(toJson(example(), "test").c_str()).chopped(20);
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("no clips") << QByteArray(R"({"labels": ["a"]})");
        QTest::newRow("labels of numbers") << QByteArray(R"({"labels": [1], "per_clip": []})");
        QTest::newRow("labels twice") << QByteArray(R"({"labels": ["a", "a"], "per_clip": []})");
        QTest::newRow("clip of nothing") << QByteArray(R"({"labels": ["a"], "per_clip": [{}]})");
        QTest::newRow("unknown label")
            << QByteArray(R"({"labels": ["a"], "per_clip": [{"id": 1, "file": "", "label": "z", "prediction": "a", "scores": []}]})");
        QTest::newRow("too few scores")
            << QByteArray(R"({"labels": ["a", "b"], "per_clip": [{"id": 1, "file": "", "label": "a", "prediction": "a", "scores": [1]}]})");
        QTest::newRow("endless score")
            << QByteArray(R"({"labels": ["a"], "per_clip": [{"id": 1, "file": "", "label": "a", "prediction": "a", "scores": [1e300]}]})");
        QTest::newRow("deep") << QByteArray(200000, '[');
    }
    void refusesWhatIsNone()
    {
        QFETCH(QByteArray, text);
        const Result<StoredReport> read = parseReport({text.data(), static_cast<std::size_t>(text.size())});
        QVERIFY(!read.has_value());
        QCOMPARE(read.error().code, std::string("eval.bad_report"));
    }

    void csvQuotesWhatNeedsIt()
    {
        const QStringList lines = QString::fromStdString(reportCsv(example())).split("\r\n");
        QCOMPARE(lines[0], QString(R"(id,file,label,prediction,right,confidence,a,"b, or ""c""")"));
        QCOMPARE(lines[1], QString("7,x/one.wav,a,a,yes,0.9,0.9,0.1"));
        QCOMPARE(lines[2], QString("8,\"two\nlines.wav\",a,\"b, or \"\"c\"\"\",no,0.75,0.25,0.75"));
        QCOMPARE(lines[3], QString("9,three.wav,,\"b, or \"\"c\"\"\",no,0.5,0.5,0.5"));
        QCOMPARE(lines.size(), 5);
    }
};

QTEST_GUILESS_MAIN(ReportFileTest)
#include "tst_report_file.moc"
