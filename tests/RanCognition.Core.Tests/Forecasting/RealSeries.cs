using System.Globalization;

namespace RanCognition.Tests.Forecasting;

/// <summary>Columns of the files in tests/data.</summary>
internal static class RealSeries
{
    /// <summary>One column, of the rows of one cell when the file has cells.</summary>
    public static double[] Read(string file, string column, string? cell = null)
    {
        var lines = File.ReadAllLines(TestPaths.Data(file));
        var head = lines[0].Split(',');
        int place = Array.IndexOf(head, column), cells = Array.IndexOf(head, "cell");
        return [.. lines.Skip(1).Select(l => l.Split(',')).Where(f => cell is null || f[cells] == cell).Select(f => double.Parse(f[place], CultureInfo.InvariantCulture))];
    }
}
