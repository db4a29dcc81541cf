// qcustomplot.h, which is written with Qt's keywords, for a house that spells them out; and ticks in the words of the locale: whole steps below, values
// with few digits beside. Private to this folder. Thread: the window's.
#pragma once

#include <QLocale>

#include <cmath>

#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef signals
#undef slots
#undef emit
#undef foreach

namespace earmark
{

class StepTicker : public QCPAxisTicker
{
protected:
    QString getTickLabel(double tick, const QLocale& locale, QChar, int) override
    {
        return std::abs(tick - std::round(tick)) < 1e-9 ? locale.toString(std::llround(tick)) : QString();
    }
    int getSubTickCount(double) override { return 0; }
};

class ValueTicker : public QCPAxisTicker
{
public:
    ValueTicker(QString suffix, double factor) : suffix_(std::move(suffix)), factor_(factor) {}

protected:
    QString getTickLabel(double tick, const QLocale& locale, QChar, int) override
    {
        return locale.toString(std::abs(tick) < 1e-15 ? 0.0 : tick * factor_, 'g', 3) + suffix_;
    }
    int getSubTickCount(double) override { return 0; }

private:
    QString suffix_;
    double factor_;
};

/// Half of a decade is often all there is to see, so ticks stand at 1, 2 and 5 of each.
class LogTicker : public ValueTicker
{
public:
    using ValueTicker::ValueTicker;

protected:
    QVector<double> createTickVector(double, const QCPRange& range) override
    {
        QVector<double> ticks;
        for (double decade = std::pow(10, std::floor(std::log10(range.lower))); decade <= range.upper; decade *= 10)
            for (const double digit : {1.0, 2.0, 5.0})
                if (digit * decade >= range.lower && digit * decade <= range.upper)
                    ticks << digit * decade;
        return ticks;
    }
};

} // namespace earmark
