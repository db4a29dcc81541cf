// Weights files: those that safetensors and torch wrote are read to the last bit, and hostile ones are refused in one
// sentence.

#include <filesystem>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "engine/base/file.h"
#include "engine/neural/checkpoint/safetensors.h"
#include "engine/neural/checkpoint/torch_file.h"
#include "engine/neural/checkpoint/weights.h"
#include "engine/neural/device/torch.h"
#include "stored_zip_writer.h"

using namespace earmark;
using namespace earmark::neural;

namespace
{

std::string data(const std::string& name)
{
    return qEnvironmentVariable("EARMARK_SOURCE").toStdString() + "/tests/data/checkpoint/" + name;
}

/// As tests/golden/checkpoint_golden.py has it.
torch::Tensor values(const std::vector<std::int64_t>& shape, torch::ScalarType type)
{
    std::int64_t count = 1;
    for (const auto length : shape)
        count *= length;
    auto numbers = ((37 * torch::arange(count) + 11).remainder(201) - 100).reshape(shape);
    return torch::isFloatingType(type) ? numbers.to(torch::kFloat64).div(64).to(type) : numbers.to(type);
}

torch::Tensor find(const StateDict& tensors, const std::string& name)
{
    for (const auto& [key, tensor] : tensors)
        if (key == name)
            return tensor;
    return {};
}

bool holds(const StateDict& tensors, const std::string& name, const torch::Tensor& wanted)
{
    const auto tensor = find(tensors, name);
    return tensor.defined() && tensor.scalar_type() == wanted.scalar_type() && torch::equal(tensor, wanted);
}

const std::vector<std::pair<const char*, torch::ScalarType>> types = {
    {"f32", torch::kFloat}, {"f16", torch::kFloat16}, {"bf16", torch::kBFloat16}, {"f64", torch::kFloat64},
    {"i64", torch::kInt64}, {"i32", torch::kInt32},   {"i16", torch::kInt16},     {"i8", torch::kInt8},
    {"u8", torch::kUInt8},  {"bool", torch::kBool}};

void compareAllTypes(const StateDict& tensors)
{
    for (const auto& [name, type] : types)
        QVERIFY2(holds(tensors, std::string("layer.") + name, values({2, 3}, type)), name);
    QVERIFY(holds(tensors, "scalar", values({}, torch::kFloat)));
    QVERIFY(holds(tensors, "empty", torch::empty({0, 3})));
}

std::string safetensors(const std::string& header, const std::string& bytes = {})
{
    return littleEndian(header.size(), 8) + header + bytes;
}

std::string entry(const char* name, const char* type, const char* shape, const char* offsets)
{
    return std::string("\"") + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + shape +
           ",\"data_offsets\":" + offsets + "}";
}

// A pickle, opcode by opcode.
const std::string protocol("\x80\x02", 2);
std::string unicode(const std::string& text)
{
    return "X" + littleEndian(text.size(), 4) + text;
}
std::string integer(std::int64_t number)
{
    return "\x8a\x08" + littleEndian(static_cast<std::uint64_t>(number), 8);
}
std::string global(const std::string& module, const std::string& name)
{
    return "c" + module + "\n" + name + "\n";
}
std::string tuple(const std::vector<std::int64_t>& numbers)
{
    std::string text = "(";
    for (const auto number : numbers)
        text += integer(number);
    return text + "t";
}
std::string storage(std::int64_t elements, const std::string& kind = "FloatStorage")
{
    return "(" + unicode("storage") + global("torch", kind) + unicode("0") + unicode("cpu") + integer(elements) + "tQ";
}
std::string tensor(std::int64_t elements, std::int64_t offset, const std::vector<std::int64_t>& shape,
                   const std::vector<std::int64_t>& strides)
{
    return global("torch._utils", "_rebuild_tensor_v2") + "(" + storage(elements) + integer(offset) + tuple(shape) +
           tuple(strides) + "\x89}tR";
}
std::string stateDict(const std::string& value)
{
    return protocol + "}" + unicode("w") + value + "s.";
}
std::string torchFile(const std::string& pickle, std::size_t storageBytes = 40)
{
    return makeZip({{"a/data.pkl", pickle}, {"a/byteorder", "little"}, {"a/data/0", std::string(storageBytes, '\0')}});
}
std::string repeated(const std::string& text, int times)
{
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

} // namespace

class WeightsFilesTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;

    std::string write(const std::string& name, const std::string& content) const
    {
        const std::string path = folder_.filePath(QString::fromStdString(name)).toStdString();
        std::filesystem::create_directories(std::filesystem::path(path).parent_path());
        QFile file(
            QString::fromStdString(path)); // not flushed to the disk, as the engine would: there are a thousand of them
        if (!file.open(QFile::WriteOnly) ||
            file.write(content.data(), qint64(content.size())) != qint64(content.size()))
            qFatal("cannot write %s", path.c_str());
        return path;
    }

    void refuses(const Result<StateDict>& result, const char* code, const QString& words) const
    {
        QVERIFY(!result);
        const auto message = QString::fromStdString(result.error().message);
        QVERIFY2(result.error().code == code, (result.error().code + ": " + result.error().message).c_str());
        QVERIFY2(message.contains(words), qPrintable(message));
        QVERIFY2(message.contains("“") && message.endsWith("."), qPrintable(message));
        QVERIFY2(!message.contains('\n'), qPrintable(message));
    }

private Q_SLOTS:
    void readsSafetensors()
    {
        const auto tensors = readSafetensors(data("all_types.safetensors"));
        QVERIFY2(tensors, tensors ? "" : tensors.error().message.c_str());
        QCOMPARE(tensors->size(), std::size_t(12));
        compareAllTypes(*tensors);
    }

    void writesWhatSafetensorsWrites()
    {
        StateDict tensors = readSafetensors(data("all_types.safetensors")).value();
        std::reverse(tensors.begin(), tensors.end());
        const std::string path = folder_.filePath("out.safetensors").toStdString();
        QVERIFY(writeSafetensors(path, tensors));
        QCOMPARE(readFile(path).value(), readFile(data("all_types.safetensors")).value());
    }

    void writesStridedTensors()
    {
        const auto whole = values({4, 5}, torch::kFloat);
        const std::string path = folder_.filePath("strided.safetensors").toStdString();
        QVERIFY(writeSafetensors(
            path, {{"t", whole.t()}, {"c", whole.select(1, 2)}, {"e", whole.slice(0, 1, 2).expand({3, 5})}}));
        const auto tensors = readSafetensors(path).value();
        QVERIFY(holds(tensors, "t", whole.t().contiguous()));
        QVERIFY(holds(tensors, "c", whole.select(1, 2).contiguous()));
        QVERIFY(holds(tensors, "e", whole.slice(0, 1, 2).expand({3, 5}).contiguous()));
        QVERIFY(!writeSafetensors(path, {{"same", whole}, {"same", whole}}));
        QVERIFY(!writeSafetensors(path, {{"complex", torch::zeros({2}, torch::kComplexFloat)}}));
        QCOMPARE(readSafetensors(path).value().size(), std::size_t(3));
    }

    void readsUnalignedTensors()
    {
        const float numbers[] = {1.5F, -2.0F};
        const std::string floats(reinterpret_cast<const char*>(numbers), sizeof numbers);
        const auto path = write("odd.safetensors", safetensors("{" + entry("b", "U8", "[1]", "[0,1]") + "," +
                                                                   entry("w", "F32", "[2]", "[1,9]") + "}",
                                                               "\x07" + floats));
        const auto tensors = readSafetensors(path).value();
        QVERIFY(holds(tensors, "w", torch::tensor({1.5F, -2.0F})));
        QVERIFY(holds(tensors, "b", torch::tensor({7}, torch::kUInt8)));
    }

    void keepsTheMappingAlive()
    {
        torch::Tensor tensor;
        {
            const auto path = write("gone.safetensors", readFile(data("all_types.safetensors")).value());
            tensor = find(readSafetensors(path).value(), "layer.f32");
            QVERIFY(QFile::remove(QString::fromStdString(path)));
        }
        QVERIFY(torch::equal(tensor, values({2, 3}, torch::kFloat)));
    }

    void refusesHostileSafetensors_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const std::string& content, const char* words) {
            QTest::newRow(name) << QByteArray::fromStdString(content) << QString(words);
        };
        const std::string eight(8, '\0'), sixteen(16, '\0');
        const auto one = [](const char* type, const char* shape, const char* offsets) {
            return "{" + entry("w", type, shape, offsets) + "}";
        };
        row("empty", "", "too short");
        row("text", "these are no weights", "more than there are");
        row("2^60 header", littleEndian(1ull << 60, 8) + "{}", "1152921504606846976 bytes");
        row("2^64-1 header", littleEndian(~0ull, 8) + "{}", "more than there are");
        row("header cut short", littleEndian(100, 8) + "{\"a\"", "more than there are");
        row("empty header", littleEndian(0, 8), "does not start");
        row("not JSON", safetensors("{w"), "not valid JSON");
        row("deep JSON", safetensors("{\"w\":" + repeated("[", 100000)), "list where none belongs");
        row("deep objects", safetensors(repeated("{\"w\":", 100000)), "nested too deeply");
        row("data cut short", safetensors(one("F32", "[4]", "[0,16]"), eight), "end beyond the file");
        row("bytes too many", safetensors(one("F32", "[2]", "[0,8]"), sixteen), "8 bytes too many");
        row("overlap",
            safetensors("{" + entry("a", "F32", "[2]", "[0,8]") + "," + entry("b", "F32", "[2]", "[4,12]") + "}",
                        std::string(12, '\0')),
            "overlap");
        row("same place",
            safetensors("{" + entry("a", "F32", "[2]", "[0,8]") + "," + entry("b", "F32", "[2]", "[0,8]") + "}", eight),
            "overlap");
        row("gap",
            safetensors("{" + entry("a", "F32", "[1]", "[0,4]") + "," + entry("b", "F32", "[1]", "[8,12]") + "}",
                        std::string(12, '\0')),
            "gap");
        row("name twice",
            safetensors("{" + entry("a", "F32", "[1]", "[0,4]") + "," + entry("a", "F32", "[1]", "[4,8]") + "}", eight),
            "twice");
        row("backwards", safetensors(one("F32", "[2]", "[8,0]"), eight), "incomplete");
        row("shape too large", safetensors(one("F32", "[4611686018427387904,4]", "[0,8]"), eight), "does not fit");
        row("shape of 2^64", safetensors(one("F32", "[18446744073709551615]", "[0,8]"), eight), "does not fit");
        row("nothing times much", safetensors(one("F32", "[0,4611686018427387904,4611686018427387904]", "[0,0]")),
            "does not fit");
        row("negative shape", safetensors(one("F32", "[-2]", "[0,8]"), eight), "negative");
        row("fractional shape", safetensors(one("F32", "[2.5]", "[0,8]"), eight), "not whole");
        row("unknown type", safetensors(one("F8_E4M3", "[8]", "[0,8]"), eight), "F8_E4M3");
        row("no type", safetensors(R"({"w":{"shape":[2],"data_offsets":[0,8]}})", eight), "incomplete");
        row("many dimensions", safetensors(one("U8", ("[1" + repeated(",1", 40) + "]").c_str(), "[0,1]"), "x"),
            "number where none belongs");
        row("number for entry", safetensors(R"({"w":3})"), "number where none belongs");
        row("number in metadata", safetensors(R"({"__metadata__":{"a":3}})"), "number where none belongs");
    }

    void refusesHostileSafetensors()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, words);
        refuses(readSafetensors(write("hostile.safetensors", content.toStdString())), "model.bad_weights", words);
    }

    void readsTorchFiles_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("protocol 2") << "protocol2.bin";
        QTest::newRow("protocol 5") << "protocol5.bin";
        QTest::newRow("before 1.6") << "legacy.bin";
        QTest::newRow("before 1.6, protocol 5") << "legacy5.bin";
    }

    void readsTorchFiles()
    {
        QFETCH(QString, name);
        const auto tensors = readTorchFile(data(name.toStdString()));
        QVERIFY2(tensors, tensors ? "" : tensors.error().message.c_str());
        compareAllTypes(*tensors);
        const auto whole = values({4, 5}, torch::kFloat);
        QVERIFY(holds(*tensors, "whole", whole));
        QVERIFY(holds(*tensors, "tied", whole));
        if (name.startsWith("protocol")) // before, bytes lay where they fell, and what is not aligned is copied
            QCOMPARE(find(*tensors, "tied").const_data_ptr(), find(*tensors, "whole").const_data_ptr());
        QVERIFY(holds(*tensors, "transposed", whole.t()));
        QVERIFY(holds(*tensors, "column", whole.select(1, 2)));
        QVERIFY(holds(*tensors, "expanded", whole.slice(0, 1, 2).expand({3, 5})));
        QVERIFY(holds(*tensors, "parameter", whole[2]));
        QCOMPARE(tensors->size(), std::size_t(18));
    }

    void readsTheStateOfAModule()
    {
        const auto tensors = readTorchFile(data("module.bin")).value();
        QVERIFY(holds(tensors, "running_var", torch::ones({3})));
        QVERIFY(holds(tensors, "num_batches_tracked", torch::tensor(std::int64_t{0})));
    }

    void readsWhatTheTestsBuild()
    {
        const auto tensors =
            readTorchFile(write("good.bin", torchFile(stateDict(tensor(10, 2, {2, 3}, {4, 1}))))).value();
        QVERIFY(holds(tensors, "w", torch::zeros({2, 3})));
    }

    void readsLargeZips()
    {
        const std::string zip =
            makeZip({{"a/data.pkl", stateDict(tensor(10, 0, {2}, {1}))}, {"a/data/0", std::string(40, '\0')}}, true);
        QVERIFY(holds(readTorchFile(write("large.bin", zip)).value(), "w", torch::zeros({2})));
        for (std::size_t i = zip.size() - 150; i < zip.size(); ++i) { // any byte of the end records gone wrong
            std::string damaged = zip;
            damaged[i] = static_cast<char>(damaged[i] ^ 0x55);
            (void)readTorchFile(write("damaged.bin", damaged));
        }
    }

    void refusesHostilePickles_data()
    {
        QTest::addColumn<QByteArray>("pickle");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const std::string& pickle, const char* code, const char* words) {
            QTest::newRow(name) << QByteArray::fromStdString(pickle) << QString(code) << QString(words);
        };
        const auto bad = [&](const char* name, const std::string& pickle, const char* words) {
            row(name, pickle, "model.bad_weights", words);
        };
        const auto unsafe = [&](const char* name, const std::string& pickle, const char* words) {
            row(name, pickle, "model.unsafe_weights", words);
        };
        const std::int64_t large = std::int64_t{1} << 62;

        unsafe("os.system", protocol + global("os", "system") + "(" + unicode("touch /tmp/harm") + "tR.",
               "“os.system”");
        unsafe("builtins.eval", protocol + unicode("builtins") + unicode("eval") + "\x93" + unicode("1") + "\x85R.",
               "“builtins.eval”");
        unsafe("instance", protocol + "(" + unicode("touch /tmp/harm") + "ios\nsystem\n.", "“os.system”");
        unsafe("hidden among tensors", stateDict(global("posix", "system")), "“posix.system”");
        unsafe("module function", protocol + global("torch", "load") + ")R.", "“torch.load”");
        unsafe("extension", protocol + "\x82\x01.", "class of its own");
        unsafe("a text called", protocol + unicode("os.system") + ")R.", "no function");

        bad("nothing", "", "cut short");
        bad("cut short", stateDict(tensor(10, 0, {2}, {1})).substr(0, 100), "cut short");
        bad("long text", protocol + "X" + littleEndian(0xFFFFFFFF, 4), "cut short");
        bad("2^63 text", protocol + "\x8d" + littleEndian(1ull << 63, 8), "cut short");
        bad("stack underflow", protocol + "000.", "damaged");
        bad("no mark", protocol + "t.", "damaged");
        bad("unknown memo", protocol + "h\x05.", "damaged");
        bad("unknown opcode", protocol + "\xff", "instruction");
        bad("no dictionary", protocol + "].", "damaged");
        bad("no tensors", protocol + "}.", "no tensors");
        bad("odd items", protocol + "}(" + unicode("w") + "u.", "damaged");
        bad("storage of its own", stateDict(global("torch", "FloatStorage") + "(" + integer(5) + "tR"),
            "storage of its own");
        bad("complex numbers", stateDict(global("torch", "ComplexFloatStorage")), "ComplexFloatStorage");
        bad("persistent other", stateDict("(" + unicode("module") + "NNNNtQ"), "not in the file");
        bad("elements 2^62", stateDict(tensor(10, 0, {large}, {1})), "reaches beyond");
        bad("overflowing product", stateDict(tensor(10, 0, {large, large}, {0, 0})), "reaches beyond");
        bad("overflowing stride", stateDict(tensor(10, 0, {3, 3}, {large, large})), "reaches beyond");
        bad("overflowing offset", stateDict(tensor(10, INT64_MAX, {2}, {1})), "reaches beyond");
        bad("offset at end", stateDict(tensor(10, 10, {1}, {1})), "reaches beyond");
        bad("one too far", stateDict(tensor(10, 5, {2, 3}, {3, 1})), "reaches beyond");
        bad("declared larger than stored", stateDict(tensor(1000, 0, {1000}, {1})), "reaches beyond");
        bad("repeated without end", stateDict(tensor(10, 0, {std::int64_t{1} << 40}, {0})), "reaches beyond");
        bad("zero beside much", stateDict(tensor(10, 0, {0, large, large}, {1, 1, 1})), "reaches beyond");
        bad("negative shape", stateDict(tensor(10, 0, {-1}, {1})), "negative");
        bad("negative stride", stateDict(tensor(10, 9, {2}, {-1})), "negative");
        bad("negative offset", stateDict(tensor(10, -1, {2}, {1})), "negative");
        bad("strides missing", stateDict(tensor(10, 0, {2, 2}, {1})), "damaged");
        bad("many dimensions",
            stateDict(tensor(10, 0, std::vector<std::int64_t>(100, 1), std::vector<std::int64_t>(100, 1))),
            "dimensions");
        bad("long number", protocol + "\x8b" + littleEndian(100, 4) + std::string(100, '\x7f') + ".", "out of range");
        bad("too long", protocol + std::string(8'000'000, 'N') + ".", "longer than any");
    }

    void refusesHostilePickles()
    {
        QFETCH(QByteArray, pickle);
        QFETCH(QString, code);
        QFETCH(QString, words);
        refuses(readTorchFile(write("hostile.bin", torchFile(pickle.toStdString()))), qPrintable(code), words);
        QVERIFY(!QFile::exists("/tmp/harm"));
    }

    void survivesNestsAndCycles()
    {
        const std::string beside = unicode("w") + tensor(10, 0, {2}, {1}) + "s";
        const std::string nested = repeated("]", 10000) + repeated("a", 9999);
        QVERIFY(
            readTorchFile(write("nested.bin", torchFile(protocol + "}" + unicode("n") + nested + "s" + beside + "."))));
        const std::string cycle = "]q\x01h\x01"
                                  "a";
        QVERIFY(
            readTorchFile(write("cycle.bin", torchFile(protocol + "}" + unicode("c") + cycle + "s" + beside + "."))));
        QVERIFY(
            readTorchFile(write("self.bin", torchFile(protocol + "}q\x01" + unicode("d") + "h\x01s" + beside + "."))));
    }

    void boundsTheWorkOfCopies()
    {
        const std::string pair = ")N\x86"; // ((), None)
        const std::string list = "(" + repeated(pair, 10000) + "lq\x01" + "0";
        const std::string copy = global("collections", "OrderedDict") + "h\x01\x85R0";
        refuses(readTorchFile(write("copies.bin", torchFile(protocol + list + repeated(copy, 1000) + "}."))),
                "model.bad_weights", "longer than any");
    }

    void refusesHostileZips_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const std::string& content, const char* words,
                            const char* code = "model.bad_weights") {
            QTest::newRow(name) << QByteArray::fromStdString(content) << QString(code) << QString(words);
        };
        const std::string good = stateDict(tensor(10, 0, {2}, {1}));
        const std::string whole = torchFile(good);
        row("empty", "", "not a file that torch.save wrote");
        row("text", "these are no weights", "not a file that torch.save wrote");
        row("half", whole.substr(0, whole.size() / 2), "cut short");
        row("no end", whole.substr(0, whole.size() - 22), "cut short");
        row("bomb", makeZip({{"a/data.pkl", std::string(1000, 'x'), 8, 4'000'000'000u}}), "compressed");
        row("entry outside", makeZip({{"a/data.pkl", good, 0, 4'000'000'000u}}), "outside");
        row("offset outside", makeZip({{"a/data.pkl", good, 0, 0, 0x7FFFFFFF}}), "outside");
        row("name twice", makeZip({{"a/data.pkl", good}, {"a/data.pkl", good}}), "two entries");
        row("no pickle", makeZip({{"a/readme", "x"}}), "no data.pkl");
        row("no storage", makeZip({{"a/data.pkl", good}}), "reaches beyond");
        row("big-endian", makeZip({{"a/data.pkl", good}, {"a/byteorder", "big"}, {"a/data/0", std::string(40, '\0')}}),
            "big-endian", "model.unsupported");
    }

    void refusesHostileZips()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, code);
        QFETCH(QString, words);
        refuses(readTorchFile(write("hostile.bin", content.toStdString())), qPrintable(code), words);
    }

    void everyCutIsRefusedOrRead()
    {
        for (const char* name : {"protocol5.bin", "all_types.safetensors"}) {
            const std::string whole = readFile(data(name)).value();
            for (std::size_t size = 0; size < whole.size(); size += 7) {
                const auto path = write("cut", whole.substr(0, size));
                QVERIFY(!(name[0] == 'p' ? readTorchFile(path) : readSafetensors(path)));
            }
        }
    }

    void refusesDamagedOldFiles()
    {
        const std::string whole = readFile(data("legacy.bin")).value();
        for (std::size_t length = 2; length < whole.size(); length += 7)
            refuses(readTorchFile(write("short.bin", whole.substr(0, length))), "model.bad_weights", "");
        std::string other = whole;
        other[5] ^= 1; // of the magic number
        refuses(readTorchFile(write("magic.bin", other)), "model.bad_weights", "torch.save");
        const std::size_t order = whole.find("little_endian");
        QVERIFY(order != whole.npos);
        other = whole;
        other[other.find('\x88', order)] = '\x89'; // NEWTRUE
        refuses(readTorchFile(write("big.bin", other)), "model.unsupported", "big-endian");
        other = whole;
        other.replace(other.find("_rebuild_tensor_v2"), 18, "_rebuild_tensor_vX");
        refuses(readTorchFile(write("unsafe.bin", other)), "model.unsafe_weights", "_rebuild_tensor_vX");
    }

    void refusesWhatIsNoFile()
    {
        QCOMPARE(readSafetensors(folder_.path().toStdString()).error().code, std::string("io.unreadable"));
        QCOMPARE(readSafetensors(folder_.filePath("none").toStdString()).error().code, std::string("io.not_found"));
    }

    void prefersAsTransformersDoes()
    {
        const auto tensors = readFile(data("all_types.safetensors")).value();
        write("prefer/pytorch_model.bin", torchFile(stateDict(tensor(10, 0, {2}, {1}))));
        QCOMPARE(loadStateDict(folder_.filePath("prefer").toStdString()).value().size(), std::size_t(1));
        write("prefer/model.safetensors", tensors);
        QCOMPARE(loadStateDict(folder_.filePath("prefer").toStdString()).value().size(), std::size_t(12));
    }

    void readsShards()
    {
        const std::string folder = folder_.filePath("shards").toStdString();
        write("shards/model-00001-of-00002.safetensors", readFile(data("all_types.safetensors")).value());
        QVERIFY(writeSafetensors(folder + "/model-00002-of-00002.safetensors", {{"second", torch::ones({2})}}));
        write("shards/model.safetensors.index.json",
              R"({"metadata":{"total_size":1},"weight_map":{"scalar":"model-00001-of-00002.safetensors",
            "layer.f32":"model-00001-of-00002.safetensors","second":"model-00002-of-00002.safetensors"}})");
        const auto tensors = loadStateDict(folder).value();
        QCOMPARE(tensors.size(), std::size_t(3));
        QVERIFY(holds(tensors, "second", torch::ones({2})));
        write("bin/a.bin", torchFile(stateDict(tensor(10, 0, {2}, {1}))));
        write("bin/pytorch_model.bin.index.json", R"({"weight_map":{"w":"a.bin"}})");
        QCOMPARE(loadStateDict(folder_.filePath("bin").toStdString()).value().size(), std::size_t(1));
    }

    void refusesHostileIndexes_data()
    {
        QTest::addColumn<QString>("index");
        QTest::addColumn<QString>("words");
        QTest::newRow("parent") << R"({"weight_map":{"w":"../x.safetensors"}})"
                                << "of this folder";
        QTest::newRow("absolute") << R"({"weight_map":{"w":"/etc/x.safetensors"}})"
                                  << "of this folder";
        QTest::newRow("zero byte") << R"({"weight_map":{"w":"a\u0000.safetensors"}})"
                                   << "of this folder";
        QTest::newRow("other kind") << R"({"weight_map":{"w":"model.bin"}})"
                                    << "of this folder";
        QTest::newRow("number") << R"({"weight_map":{"w":3}})"
                                << "of this folder";
        QTest::newRow("no map") << R"({"metadata":{}})"
                                << "no weight_map";
        QTest::newRow("list") << R"([])"
                              << "no weight_map";
        QTest::newRow("not JSON") << R"({"weight_map":)"
                                  << "not valid JSON";
        QTest::newRow("deep") << QString("[").repeated(100000) << "too deeply";
        QTest::newRow("lacking") << R"({"weight_map":{"other":"good.safetensors"}})"
                                 << "lacks tensors";
    }

    void refusesHostileIndexes()
    {
        QFETCH(QString, index);
        QFETCH(QString, words);
        QVERIFY(!write("index/good.safetensors", readFile(data("all_types.safetensors")).value()).empty());
        write("index/model.safetensors.index.json", index.toStdString());
        refuses(loadStateDict(folder_.filePath("index").toStdString()), "model.bad_weights", words);
    }

    void saysWhatToDoWithoutWeights()
    {
        write("none/config.json", "{}");
        refuses(loadStateDict(folder_.filePath("none").toStdString()), "model.not_found", "neither");
        write("none/tf_model.h5", "x");
        refuses(loadStateDict(folder_.filePath("none").toStdString()), "model.unsupported", "from_tf");
    }
};

QTEST_GUILESS_MAIN(WeightsFilesTest)
#include "tst_weights_files.moc"
