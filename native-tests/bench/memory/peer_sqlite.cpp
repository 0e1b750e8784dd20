#include "peer_sqlite.hpp"

#ifdef BENCH_SQLITE

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <sqlite3.h>

namespace {

class sqlite : public plain_sqlite {
public:
    sqlite(const std::string &path, bool safe)
    {
        must(sqlite3_open(path.c_str(), &database_));
        run("PRAGMA journal_mode=WAL");
        run(safe ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF");
        run("CREATE TABLE IF NOT EXISTS episode (id INTEGER PRIMARY KEY, time_ns INTEGER, cell TEXT, reward REAL, success INTEGER, vector BLOB, document TEXT)");
        insert_ = prepared("INSERT INTO episode (time_ns, cell, reward, success, vector, document) VALUES (?, ?, ?, ?, ?, ?)");
        begin_ = prepared("BEGIN IMMEDIATE");
        commit_ = prepared("COMMIT");
    }

    ~sqlite() override
    {
        for (sqlite3_stmt *statement : {insert_, begin_, commit_}) {
            sqlite3_finalize(statement);
        }
        sqlite3_close(database_);
    }

    void append(const prepared_rows &rows) override
    {
        step(begin_);
        for (size_t i = 0; i < rows.count(); i++) {
            const rancog_episode &episode = rows.episodes()[i];
            sqlite3_bind_int64(insert_, 1, static_cast<sqlite3_int64>(episode.time_ns));
            sqlite3_bind_text(insert_, 2, reinterpret_cast<const char *>(episode.cell), static_cast<int>(episode.cell_length), SQLITE_STATIC);
            sqlite3_bind_double(insert_, 3, episode.reward);
            sqlite3_bind_int(insert_, 4, episode.success);
            sqlite3_bind_blob(insert_, 5, episode.vector, static_cast<int>(episode.dimension * sizeof(float)), SQLITE_STATIC);
            sqlite3_bind_text(insert_, 6, reinterpret_cast<const char *>(episode.document), static_cast<int>(episode.document_length), SQLITE_STATIC);
            step(insert_);
        }
        step(commit_);
    }

    size_t load() override
    {
        sqlite3_stmt *all = prepared("SELECT id, time_ns, cell, reward, success, vector FROM episode ORDER BY id");
        std::vector<float> vectors;
        std::vector<sqlite3_int64> numbers;
        std::vector<std::string> cells;
        std::vector<double> rewards;
        while (sqlite3_step(all) == SQLITE_ROW) {
            for (int column : {0, 1, 4}) {
                numbers.push_back(sqlite3_column_int64(all, column));
            }
            cells.emplace_back(reinterpret_cast<const char *>(sqlite3_column_text(all, 2)));
            rewards.push_back(sqlite3_column_double(all, 3));
            const auto *vector = static_cast<const float *>(sqlite3_column_blob(all, 5));
            vectors.insert(vectors.end(), vector, vector + dimension);
        }
        must(sqlite3_finalize(all));
        return rewards.size();
    }

private:
    void must(int status)
    {
        if (status != SQLITE_OK) {
            std::fprintf(stderr, "bench_memory: SQLite: %s\n", sqlite3_errmsg(database_));
            std::exit(1);
        }
    }

    void run(const char *sql) { must(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr)); }

    sqlite3_stmt *prepared(const char *sql)
    {
        sqlite3_stmt *statement = nullptr;
        must(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr));
        return statement;
    }

    void step(sqlite3_stmt *statement)
    {
        sqlite3_step(statement);
        must(sqlite3_reset(statement)); /* the step's own status */
    }

    sqlite3 *database_ = nullptr;
    sqlite3_stmt *insert_ = nullptr, *begin_ = nullptr, *commit_ = nullptr;
};

} // namespace

std::unique_ptr<plain_sqlite> open_sqlite(const std::string &path, bool safe)
{
    return std::make_unique<sqlite>(path, safe);
}

#else

std::unique_ptr<plain_sqlite> open_sqlite(const std::string &, bool)
{
    return nullptr;
}

#endif
