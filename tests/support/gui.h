// What tests of the window share: no unexpected word on Qt's log, and clicks on widgets found by their names.
// Thread: the test's.
#pragma once

#include <QApplication>
#include <QFileDialog>
#include <QLineEdit>
#include <QTest>
#include <QTimer>
#include <QWidget>

namespace earmark::test
{

/// Fails the running test at the first warning on Qt's log that nobody announced with QTest::ignoreMessage(). Call it in initTestCase().
inline void failOnWarnings()
{
    static QtMessageHandler before = nullptr;
    before = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext& context, const QString& text) {
        static const QStringList harmless = {"This plugin does not support propagateSizeHints()", "This plugin does not support raise()",
                                             "This plugin does not support grabbing the keyboard"};
        if (harmless.contains(text))
            return;
        if (type == QtWarningMsg || type == QtCriticalMsg)
            QTest::qFail(qPrintable("unexpected on Qt's log: " + text), context.file ? context.file : "", context.line);
        if (before)
            before(type, context, text);
    });
}

/// The one child of this type and object name; fails the test where there is none.
template <class Widget> Widget* child(const QWidget& parent, const QString& name)
{
    Widget* found = parent.findChild<Widget*>(name);
    if (!found)
        QTest::qFail(qPrintable("there is no widget named " + name), __FILE__, __LINE__);
    return found;
}

/// Types `path` into the file dialog that comes next, and accepts it.
inline void nameNextFile(const QString& path)
{
    auto* timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, path] {
        auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        if (!dialog)
            return;
        timer->deleteLater();
        timer->stop();
        child<QLineEdit>(*dialog, "fileNameEdit")->setText(path); // at once: what the list selects meanwhile would be mixed with what is typed
        QTest::keyClick(child<QLineEdit>(*dialog, "fileNameEdit"), Qt::Key_Return);
    });
    timer->start(5);
}

} // namespace earmark::test
