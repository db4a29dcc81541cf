// Engine values as people read them. Bytes that are not UTF-8 become U+FFFD: for showing only, never to open a file with. Thread: any.
#pragma once

#include <QString>
#include <QStringList>

#include <string>

namespace earmark
{

inline QString shown(const std::string& bytes) { return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size())); }
inline std::string bytesOf(const QString& text) { return text.toStdString(); }

QString clockText(double seconds);    ///< "03:07.250", with hours where there are some
QString durationText(double seconds); ///< "3.2 s", "5 min 12 s", "2 h 5 min"; translated
QString bytesText(qint64 bytes);      ///< "12.3 MB"; in the locale's digits
QString percentText(double share);    ///< 0.934 → "93.4 %"
QString fileName(const std::string& path); ///< its last part
QString filledIn(const QString& sentence, const QStringList& fillings); ///< %1…%3, all at once: a file name may hold “%2”

} // namespace earmark
