// Precompiled for every test that shows no widgets and links no networks. Without QTest, which knows each test's own folder.
#pragma once

#include "engine/base/pch.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QMap>
#include <QMetaProperty>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QThread>
#include <QUrl>
#include <QVariant>
