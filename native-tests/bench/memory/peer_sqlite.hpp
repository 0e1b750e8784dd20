/* SQLite alone, when it was found at configure time (Debian: libsqlite3-dev): one table with the vector as a blob, WAL. */
#ifndef MEMORY_PEER_SQLITE_HPP
#define MEMORY_PEER_SQLITE_HPP

#include <memory>
#include <string>

#include "ours.hpp"

class plain_sqlite {
public:
    virtual ~plain_sqlite() = default;
    virtual void append(const prepared_rows &rows) = 0; /* one transaction */
    virtual size_t load() = 0;                          /* every row into arrays; how many */
};

/* safe: synchronous=FULL, else OFF. nullptr without SQLite. */
std::unique_ptr<plain_sqlite> open_sqlite(const std::string &path, bool safe);

#endif
