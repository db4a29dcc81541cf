#include "ui/models/text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace earmark
{

namespace
{

QString translated(const char* text) { return QCoreApplication::translate("earmark::text", text); }

} // namespace

QString clockText(double seconds)
{
    const qint64 milliseconds = std::llround(std::max(0.0, seconds) * 1000);
    const qint64 hours = milliseconds / 3600000, minutes = milliseconds / 60000 % 60;
    const QString rest = QString::asprintf("%02lld:%02lld.%03lld", static_cast<long long>(minutes), static_cast<long long>(milliseconds / 1000 % 60),
                                           static_cast<long long>(milliseconds % 1000));
    return hours > 0 ? QString::number(hours) + ':' + rest : rest;
}

QString durationText(double seconds)
{
    const QLocale locale;
    if (seconds < 60)
        return translated(QT_TRANSLATE_NOOP("earmark::text", "%1 s")).arg(locale.toString(seconds, 'f', seconds < 10 ? 1 : 0));
    const qint64 whole = std::llround(seconds);
    if (whole < 3600 && whole % 60 == 0)
        return translated(QT_TRANSLATE_NOOP("earmark::text", "%1 min")).arg(whole / 60);
    if (whole < 3600)
        return translated(QT_TRANSLATE_NOOP("earmark::text", "%1 min %2 s")).arg(whole / 60).arg(whole % 60);
    return translated(QT_TRANSLATE_NOOP("earmark::text", "%1 h %2 min")).arg(whole / 3600).arg(whole / 60 % 60);
}

QString bytesText(qint64 bytes) { return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat); }

QString percentText(double share)
{
    return translated(QT_TRANSLATE_NOOP("earmark::text", "%1 %")).arg(QLocale().toString(share * 100, 'f', 1));
}

QString fileName(const std::string& path)
{
    const auto slash = path.find_last_of('/');
    return shown(slash == std::string::npos ? path : path.substr(slash + 1));
}

QString filledIn(const QString& sentence, const QStringList& fillings)
{
    switch (fillings.size()) {
    case 0: return sentence;
    case 1: return sentence.arg(fillings[0]);
    case 2: return sentence.arg(fillings[0], fillings[1]);
    default: return sentence.arg(fillings[0], fillings[1], fillings[2]);
    }
}

} // namespace earmark
