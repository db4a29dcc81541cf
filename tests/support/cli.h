// Runs earmark-cli as a user would: arguments in, exit status and both streams out.
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>

#include <map>
#include <nlohmann/json.hpp>
#include <vector>

namespace earmark::test
{

using Json = nlohmann::ordered_json;

struct CliResult {
    int status = -1; ///< 128 + signal where it was killed
    QByteArray out;
    QByteArray err;

    /// stdout as JSON, a line each; discarded values where a line is none.
    std::vector<Json> lines() const { return parsed(out); }
    /// The "error" objects of stderr.
    std::vector<Json> errors() const
    {
        std::vector<Json> found;
        for (const Json& line : parsed(err))
            if (line.is_object() && line.contains("error"))
                found.push_back(line["error"]);
        return found;
    }
    std::string errorCode() const
    {
        const std::vector<Json> all = errors();
        return all.size() == 1 ? all.front().value("code", "") : "";
    }

private:
    static std::vector<Json> parsed(const QByteArray& text)
    {
        std::vector<Json> values;
        for (const QByteArray& line : text.split('\n'))
            if (!line.isEmpty())
                values.push_back(Json::parse(line.toStdString(), nullptr, false));
        return values;
    }
};

using Environment = std::map<QString, QString>;

inline QString cliPath() { return qEnvironmentVariable("EARMARK_CLI"); }

/// No LibTorch and no Hub cache but those that `environment` names, so that a test never depends on the machine it runs on.
inline QProcessEnvironment cliEnvironment(const Environment& environment)
{
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "XDG_CACHE_HOME"})
        all.remove(name);
    all.insert("HF_HOME", "/nonexistent");
    all.insert("LC_ALL", "C.UTF-8");
    for (const auto& [name, value] : environment)
        all.insert(name, value);
    return all;
}

inline CliResult runProgram(const QString& program, const QStringList& arguments, const Environment& environment = {}, int seconds = 60)
{
    QProcess process;
    process.setProcessEnvironment(cliEnvironment(environment));
    process.start(program, arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(seconds * 1000)) {
        process.kill();
        process.waitForFinished();
    }
    CliResult result{.out = process.readAllStandardOutput(), .err = process.readAllStandardError()};
    if (process.error() != QProcess::FailedToStart)
        result.status = process.exitStatus() == QProcess::CrashExit ? 128 + process.exitCode() : process.exitCode();
    return result;
}

inline CliResult runCli(const QStringList& arguments, const Environment& environment = {}, int seconds = 60)
{
    return runProgram(cliPath(), arguments, environment, seconds);
}

/// Through the shell, `$CLI` being the program: for redirections, pipes and names that are not UTF-8.
inline CliResult runShell(const QString& script, Environment environment = {}, int seconds = 60)
{
    environment["CLI"] = cliPath();
    return runProgram("/bin/sh", {"-c", script}, environment, seconds);
}

} // namespace earmark::test
