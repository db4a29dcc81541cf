# Compiler settings shared by every target, and the three kinds of target there are: rooms, tests, programs.
include_guard(GLOBAL)
set(CMAKE_INSTALL_LIBDIR lib CACHE PATH "The module of networks is private to Earmark and lies at the same place on every system")
include(GNUInstallDirs)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib/earmark")
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

# Line tables alone: with full debug information, files that name torch take nearly twice as long to compile.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG" CACHE STRING "" FORCE)
# The arithmetic is in LibTorch and FFmpeg: -O3 gains nothing here, and GCC 12 then warns of its own inlining.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG" CACHE STRING "" FORCE)

find_program(EARMARK_CCACHE ccache)
if(EARMARK_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # A precompiled header is cached only when ccache is told that its macros and timestamps do not matter.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1 ${EARMARK_CCACHE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
    endif()
endif()
find_program(EARMARK_MOLD mold)
if(EARMARK_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

add_library(earmark_options INTERFACE)
target_include_directories(earmark_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_definitions(earmark_options INTERFACE QT_NO_KEYWORDS)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC bug 105329: "restrict" is reported of plain string concatenation.
    target_compile_options(earmark_options INTERFACE -Wno-restrict)
endif()
target_compile_options(earmark_options INTERFACE -Wall -Wextra -Wno-missing-field-initializers
    $<$<BOOL:${EARMARK_WARNINGS_AS_ERRORS}>:-Werror>)
if(EARMARK_SANITIZE)
    add_compile_options(-fsanitize=${EARMARK_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${EARMARK_SANITIZE})
endif()
if(EARMARK_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
find_package(Threads REQUIRED)

# earmark_target(TARGET): remembers a target of the engine or the application, whose links tests/lint holds to the table.
function(earmark_target target)
    set_property(GLOBAL APPEND PROPERTY EARMARK_TARGETS ${target})
endfunction()

# earmark_headers(TARGET LINK …): precompiles the folder's pch.h. A target of its own: GCC takes such headers only where all definitions are there that they
# were compiled with, and does not mind others.
function(earmark_headers target)
    cmake_parse_arguments(HEADERS "" "" "LINK" ${ARGN})
    file(CONFIGURE OUTPUT pch.cpp CONTENT "")
    add_library(${target} OBJECT "${CMAKE_CURRENT_BINARY_DIR}/pch.cpp")
    target_link_libraries(${target} PRIVATE earmark_options ${HEADERS_LINK})
    target_precompile_headers(${target} PRIVATE pch.h)
endfunction()

# earmark_reuse_headers(TARGET USUAL LINK…): a target that links the networks begins with the headers that engine/neural has compiled, one that shows
# widgets with those of ui/widgets, any other with USUAL. GCC alone takes them where other definitions differ.
function(earmark_reuse_headers target usual)
    list(JOIN ARGN " " links)
    if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        return()
    endif()
    if(links MATCHES "earmark::neural_core")
        target_precompile_headers(${target} REUSE_FROM earmark_neural_core)
    elseif(links MATCHES "Qt6::Widgets|earmark::ui_(widgets|plots|dialogs|page|shell)")
        target_precompile_headers(${target} REUSE_FROM earmark_widget_headers)
    else()
        target_precompile_headers(${target} REUSE_FROM ${usual})
    endif()
endfunction()

# earmark_join_sources(TARGET): its sources are compiled five at a time, those of one folder together, where EARMARK_JOIN_SOURCES is on. For headers that
# cost every source seconds, precompiled or not: what LibTorch's and CLI11's instantiate is computed again in each.
function(earmark_join_sources target)
    if(NOT EARMARK_JOIN_SOURCES)
        return()
    endif()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>) # it means headers, and takes joined sources for some
    get_target_property(sources ${target} SOURCES)
    foreach(source IN LISTS sources)
        cmake_path(GET source PARENT_PATH folder)
        cmake_path(GET folder FILENAME name)
        list(APPEND in_${name} "${source}")
        list(LENGTH in_${name} count)
        math(EXPR group "(${count} - 1) / 5")
        set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "${name}_${group}")
    endforeach()
endfunction()

# earmark_room(NAME SOURCES … [LINK …] [PRIVATE …]): one folder of the engine as one static library, earmark::NAME.
# LINK are rooms its headers name; PRIVATE are libraries only its sources see.
function(earmark_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;LINK;PRIVATE" ${ARGN})
    if(ROOM_SOURCES)
        add_library(earmark_${name} STATIC ${ROOM_SOURCES})
        target_link_libraries(earmark_${name} PUBLIC earmark_options ${ROOM_LINK} PRIVATE ${ROOM_PRIVATE})
        earmark_reuse_headers(earmark_${name} earmark_standard_headers ${ROOM_LINK})
    else()
        add_library(earmark_${name} INTERFACE)
        target_link_libraries(earmark_${name} INTERFACE earmark_options ${ROOM_LINK})
    endif()
    add_library(earmark::${name} ALIAS earmark_${name})
    earmark_target(earmark_${name})
    # So that CMAKE_VERIFY_INTERFACE_HEADER_SETS (the preset ci) compiles headers alone: those that no source of their own includes first (tst_layout sees
    # to that). Those that name another library are the room's own affair.
    file(GLOB candidates CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.h")
    set(headers)
    foreach(header ${candidates})
        string(REGEX REPLACE "h$" "cpp" source "${header}")
        if(EXISTS "${source}")
            continue()
        endif()
        file(STRINGS "${header}" foreign REGEX "^#include <[^>]*[/.]" LIMIT_COUNT 9)
        list(FILTER foreign EXCLUDE REGEX "tl/expected")
        if(NOT foreign)
            list(APPEND headers "${header}")
        endif()
    endforeach()
    get_target_property(type earmark_${name} TYPE)
    if(type STREQUAL "INTERFACE_LIBRARY")
        target_sources(earmark_${name} INTERFACE FILE_SET HEADERS BASE_DIRS "${CMAKE_SOURCE_DIR}" FILES ${headers})
    else()
        target_sources(earmark_${name} PUBLIC FILE_SET HEADERS BASE_DIRS "${CMAKE_SOURCE_DIR}" FILES ${headers})
    endif()
endfunction()

# earmark_test(NAME SOURCES … LINK …): one Qt Test program, run headless under ctest.
function(earmark_test name)
    cmake_parse_arguments(TEST "" "TIMEOUT" "SOURCES;LINK" ${ARGN})
    if(NOT EARMARK_WITH_QT)
        return()
    endif()
    if(NOT TEST_TIMEOUT)
        set(TEST_TIMEOUT 120)
    endif()
    add_executable(${name} ${TEST_SOURCES})
    # Qt's compiler by itself: AUTOMOC would look through each program's headers, and compile a source more.
    qt_generate_moc("${CMAKE_CURRENT_SOURCE_DIR}/${name}.cpp" "${CMAKE_CURRENT_BINARY_DIR}/${name}.moc")
    target_sources(${name} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/${name}.moc")
    target_include_directories(${name} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}")
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    target_link_libraries(${name} PRIVATE earmark_options Qt6::Core Qt6::Test ${TEST_LINK})
    earmark_reuse_headers(${name} earmark_test_headers ${TEST_LINK})
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${TEST_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;XDG_CONFIG_HOME=${CMAKE_BINARY_DIR}/tests/config;XDG_CACHE_HOME=${CMAKE_BINARY_DIR}/tests/cache;EARMARK_CLI=$<TARGET_FILE:earmark-cli>;EARMARK_SOURCE=${CMAKE_SOURCE_DIR}")
endfunction()

# earmark_fuzz(NAME SOURCES … LINK …): one libFuzzer program. Under ctest it reads its seeds (the folder NAME beside it) and fuzzes for some seconds;
# run it by hand for as long as you like.
function(earmark_fuzz name)
    cmake_parse_arguments(FUZZ "" "" "SOURCES;LINK" ${ARGN})
    add_executable(${name} ${FUZZ_SOURCES})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/fuzz")
    target_link_libraries(${name} PRIVATE earmark_options ${FUZZ_LINK})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    set(corpus "${CMAKE_BINARY_DIR}/fuzz/${name}.corpus")
    file(MAKE_DIRECTORY "${corpus}")
    set(seeds "${CMAKE_CURRENT_SOURCE_DIR}/${name}")
    if(NOT EXISTS "${seeds}")
        set(seeds)
    endif()
    add_test(NAME ${name} COMMAND ${name} -max_total_time=10 -rss_limit_mb=2048 -timeout=10 "${corpus}" ${seeds})
    set_tests_properties(${name} PROPERTIES TIMEOUT 120)
endfunction()
