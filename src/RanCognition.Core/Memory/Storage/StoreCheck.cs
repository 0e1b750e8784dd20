using RanCognition.Contracts;
using SQLitePCL;

namespace RanCognition.Memory.Storage;

/// <summary>Looks through a file before anything is written to it.</summary>
internal static class StoreCheck
{
    /// <summary>Up to here every page of the file is looked at, which takes about 0.4 s a GB. Of larger files the small tables are; the rows have checksums, and loading counts them.</summary>
    private const long WholeCheckBytesMax = 48 << 20;

    private static readonly string[] SmallTables = ["setting", "metric", "cell", "peer", "loose"];

    /// <summary>Throws when the file is not what this release can go on with.</summary>
    public static void Run(SqliteDatabase database, IReadOnlyList<string> steps, int? dimension, DistanceMetric? metric)
    {
        long version = database.Number("PRAGMA user_version") ?? 0;
        StoreFile.CheckVersion(database.Number("PRAGMA application_id") ?? 0, version, steps.Count);
        CheckTables(database, steps.Take((int)version));
        CheckStructure(database);
        CheckSettings(database, dimension, metric);
    }

    private static void CheckStructure(SqliteDatabase database)
    {
        long bytes = (database.Number("PRAGMA page_count") ?? 0) * (database.Number("PRAGMA page_size") ?? 0);
        IEnumerable<string> checks = bytes <= WholeCheckBytesMax ? ["PRAGMA quick_check(1)"] : SmallTables.Select(table => $"PRAGMA quick_check('{table}')");
        foreach (string check in checks)
        {
            string? found = database.Text(check);
            if (found != "ok")
            {
                throw StorageFailure.Damaged(found ?? "it cannot be checked");
            }
        }
    }

    private static void CheckTables(SqliteDatabase database, IEnumerable<string> steps)
    {
        using SqliteDatabase model = SqliteDatabase.Open(":memory:", raw.SQLITE_OPEN_READWRITE);
        foreach (string step in steps)
        {
            model.Execute(step);
        }
        Dictionary<string, string> present = Tables(database);
        foreach ((string name, string sql) in Tables(model))
        {
            if (!present.TryGetValue(name, out string? other) || other != sql)
            {
                throw StorageFailure.Damaged($"{name} is missing or another one");
            }
        }
    }

    private static Dictionary<string, string> Tables(SqliteDatabase database)
    {
        var tables = new Dictionary<string, string>();
        using SqliteStatement rows = database.Once("SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL");
        while (rows.Step())
        {
            tables[rows.Text(0)] = rows.Text(1);
        }
        return tables;
    }

    private static void CheckSettings(SqliteDatabase database, int? dimension, DistanceMetric? metric)
    {
        var settings = new Dictionary<string, string>();
        StoreNotes.ReadSettings(database, settings);
        DistanceMetric present = StoreSettings.ReadMetric(settings.GetValueOrDefault(StoreSettings.Metric)) ?? throw StorageFailure.Damaged("it has no metric");
        if (metric is { } wanted && wanted != present)
        {
            InvalidInputException.Throw("metric", $"is {StoreSettings.Text(wanted)}, but the file's is {StoreSettings.Text(present)}");
        }
        if (dimension is { } numbers && settings.TryGetValue(StoreSettings.Dimension, out string? kept) && kept != StoreSettings.Text(numbers))
        {
            InvalidInputException.Throw("dimension", $"is {StoreSettings.Text(numbers)}, but the file's is {kept}");
        }
    }
}
