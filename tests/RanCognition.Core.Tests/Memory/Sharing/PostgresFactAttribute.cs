namespace RanCognition.Tests.Memory.Sharing;

/// <summary>A test that needs a PostgreSQL server, and is skipped with a visible line where none is installed.</summary>
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (PostgresServer.Programs is null)
        {
            Skip = "PostgreSQL is not installed (Debian package: postgresql).";
        }
    }
}
