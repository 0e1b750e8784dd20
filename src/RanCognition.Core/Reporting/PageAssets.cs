using System.Text;

namespace RanCognition.Reporting;

/// <summary>The files that every page carries inside itself: our script and styles, and the chart library uPlot with its licence.</summary>
internal static class PageAssets
{
        /// <summary>Our script in the order in which its parts need each other; they share one scope.</summary>
    private static readonly string[] ScriptParts = ["state", "words", "chart", "chart-view", "chart-table", "charts", "list", "hits", "tables", "print"];

    private static readonly string[] StyleParts = ["colours", "base", "tables", "charts", "list", "memory", "network", "loops", "cognition", "narrow", "print"];

    public static string Script => "(function () {\n\"use strict\";\n" + string.Concat(ScriptParts.Select(part => Read($"report.{part}.js"))) + "})();\n";
    public static string Style => string.Concat(StyleParts.Select(part => Read($"report.{part}.css")));
    public static string ChartScript => Read("uplot.iife.min.js");
    public static string ChartStyle => Read("uplot.min.css");
    public static string ChartLicence => Read("uplot.LICENSE.txt");

    /// <summary>The source expression that allows exactly this inline text in a content security policy.</summary>
    public static string Hash(string inlineText) => $"'sha256-{Convert.ToBase64String(Sha256.Hash(Encoding.UTF8.GetBytes(inlineText)))}'";

    // Browsers hash what the parser gives them, where every line end is one LF.
    private static string Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream("Reporting.assets." + name)
            ?? throw new InvalidOperationException($"The library was built without {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
