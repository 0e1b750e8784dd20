using System.Text.RegularExpressions;

namespace RanCognition.Tests.Cognition;

/// <summary>Names of managed objects as the files of gNBs have them.</summary>
internal static partial class DistinguishedNames
{
    /// <summary>Where the objects of a gNB lie: directly below it, below their functions, relations below their cells, and all below one function.</summary>
    public static readonly string[] Styles = ["element", "functions", "cells", "one function"];

    /// <summary>The distinguished name of NRCellDU=1, NRCellCU=1 or NRCellRelation=1-2 of a gNB.</summary>
    public static string Of(string local, string gnb, string style)
    {
        string element = "SubNetwork=1,ManagedElement=" + gnb + ",", unit = local.StartsWith("NRCellDU=", StringComparison.Ordinal) ? "GNBDUFunction=1," : "GNBCUCPFunction=1,";
        string[] ends = local[(local.IndexOf('=') + 1)..].Split('-');
        return style switch
        {
            "element" => element + local,
            "one function" => element + "GNBCUCPFunction=1," + local,
            "cells" when ends.Length == 2 => $"{element}{unit}NRCellCU={ends[0]},NRCellRelation={ends[1]}",
            _ => element + unit + local,
        };
    }

    /// <summary>A text with every local name as it is in a gNB.</summary>
    public static string In(string text, string gnb, string style) => LocalName().Replace(text, local => Of(local.Value, gnb, style));

    [GeneratedRegex("NRCell(DU|CU|Relation)=[0-9]+(-[0-9]+)?")]
    private static partial Regex LocalName();
}
