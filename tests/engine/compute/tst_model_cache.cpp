// The local Hub cache as huggingface_hub lays it out, and where a model is looked for.
#include "engine/compute/model_cache.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace earmark;

class ModelCacheTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;

    void write(const QString& name, const QByteArray& bytes) const
    {
        const QString path = folder_.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("HF_HUB_CACHE", QFile::encodeName(folder_.path()));
        write("models--ntu-spml--distilhubert/refs/main", "abc123");
        write("models--ntu-spml--distilhubert/snapshots/abc123/config.json", "{}");
        write("models--owner--half/refs/main", "def456"); // nothing was fetched of it but its name
        write("datasets--owner--sounds/refs/main", "789");
    }

    void listsWholeModels()
    {
        const std::vector<CachedModel> models = cachedModels();
        QCOMPARE(models.size(), std::size_t(1));
        QCOMPARE(models.front().name, std::string("ntu-spml/distilhubert"));
        QVERIFY(QFile::exists(QString::fromStdString(models.front().path) + "/config.json"));
    }

    void findsByNameAndByPath()
    {
        const std::string path = findModel("ntu-spml/distilhubert").value();
        QCOMPARE(path, cachedModels().front().path);
        QCOMPARE(findModel("ntu-spml/distilhubert@abc123").value(), path);
        QCOMPARE(findModel(path).value(), path);
        QCOMPARE(findModel("owner/half").error().code, std::string("model.not_found"));
        QCOMPARE(findModel("nobody/nothing").error().code, std::string("model.not_found"));
    }

    void noCacheNoModels()
    {
        qputenv("HF_HUB_CACHE", QFile::encodeName(folder_.filePath("gone")));
        QVERIFY(cachedModels().empty());
    }
};

QTEST_GUILESS_MAIN(ModelCacheTest)
#include "tst_model_cache.moc"
