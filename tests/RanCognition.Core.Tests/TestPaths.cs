namespace RanCognition.Tests;

/// <summary>Where the repository's test data lie, whatever folder the tests run from.</summary>
internal static class TestPaths
{
    private static readonly string Root = FindRoot(AppContext.BaseDirectory);

    public static string Golden(string name) => Path.Combine(Root, "tests", "golden", name);

    public static string Data(string name) => Path.Combine(Root, "tests", "data", name);

    public static string InRepository(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RanCognition.sln")))
            {
                return folder.FullName;
            }
        }
        throw new InvalidOperationException($"No RanCognition.sln above {start}.");
    }
}
