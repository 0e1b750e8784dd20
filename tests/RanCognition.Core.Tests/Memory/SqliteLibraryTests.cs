using RanCognition.Memory.Storage;
using SQLitePCL;

namespace RanCognition.Tests.Memory;

public sealed class SqliteLibraryTests
{
    [Fact]
    public void SQLite_answers_after_many_threads_asked_for_it_at_once()
    {
        Parallel.For(0, 8, _ => SqliteLibrary.Use());
        Assert.True(raw.sqlite3_libversion_number() >= 3_050_000);
    }

    [Theory]
    [InlineData("ENABLE_FTS5")]
    [InlineData("THREADSAFE=1")]
    public void It_has_what_the_memory_needs(string option)
    {
        SqliteLibrary.Use();
        Assert.Equal(1, raw.sqlite3_compileoption_used(option));
    }

    [Fact]
    public void Outside_of_the_native_library_it_is_the_one_of_the_package() =>
        Assert.False(AppContext.TryGetSwitch(SqliteLibrary.OwnFileSwitch, out _));
}
