namespace RanCognition.Cognition.Causes;

/// <summary>Between names of measurements and <see cref="Counter"/>.</summary>
/// <remarks>Names: TS 28.552; HO.IntraSys.PingPong is the contract's, since TS 28.552 counts ping-pongs between systems only.</remarks>
internal static class CounterNames
{
    /// <summary>SS-RSRP is reported as a whole number k for [k - 157, k - 156) dBm (TS 38.133, table 10.1.6.1-1): below -110 dBm.</summary>
    public const int RsrpLowBinMax = 46;

    /// <summary>A distribution whose bins are all below is not one of reported values.</summary>
    public const int RsrpBinMax = 127;

    /// <summary>CQI of QPSK in table 1 of TS 38.214, 5.2.2.1.</summary>
    public const int CqiLowMax = 6;

    public const string RsrpDistribution = "L1M.SS-RSRP";
    public const string CqiDistribution = "CARR.WBCQIDist";

    // By Counter; those of distributions are not measured themselves.
    private static readonly string[] Names =
    [
        "MM.HoExeInterReq", "MM.HoExeIntraReq", "HO.IntraSys.TooLate", "HO.IntraSys.TooEarly", "HO.IntraSys.ToWrongCell", "HO.IntraSys.PingPong",
        "RRU.PrbTotDl", "RRU.PrbTotUl", "DRB.UEThpDl", "DRB.PdcpSduVolumeDL", "DRB.PdcpSduVolumeUL", "DRB.MeanActiveUeDl", "RRC.ConnMean",
        "RRC.ConnEstabAtt", "RRC.ReEstabAtt", "TB.TotNbrUlInit", "TB.ErrNbrUlInitial", "TB.TotNbrUl", "TB.ErrTotNbrUl", "TB.TotNbrDlInitial",
        "TB.IntialErrNbrDl", "TB.TotNbrDl", "TB.ErrTotNbrDl", RsrpDistribution, RsrpDistribution, CqiDistribution, CqiDistribution,
    ];

    public static string Of(Counter counter) => Names[(int)counter];

    /// <summary>Key of a counter of an object.</summary>
    public static string Key(string managedObject, Counter counter) => managedObject.Length == 0 ? Of(counter) : managedObject + "/" + Of(counter);

    /// <summary>The counter of exactly this name; Count when there is none.</summary>
    public static Counter Exactly(ReadOnlySpan<char> name)
    {
        for (int i = 0; i < (int)Counter.RsrpReports; i++)
        {
            string known = Names[i];
            if (known.Length == name.Length && known[^1] == name[^1] && name.SequenceEqual(known))
            {
                return (Counter)i;
            }
        }
        return Counter.Count;
    }

    /// <summary>The counter that a sub-counter (name, dot, label) is a part of; Count when there is none, or when parts do not add up to it.</summary>
    /// <param name="name">Without the object.</param>
    /// <param name="isTotal">The label says that it is the sum itself.</param>
    public static Counter PartOf(ReadOnlySpan<char> name, out bool isTotal)
    {
        isTotal = false;
        for (int i = 0; i < (int)Counter.RsrpReports; i++)
        {
            string known = Names[i];
            if (name.Length <= known.Length + 1 || name[known.Length] != '.' || !name.StartsWith(known, StringComparison.Ordinal))
            {
                continue;
            }
            ReadOnlySpan<char> label = name[(known.Length + 1)..];
            isTotal = label.Equals("sum", StringComparison.OrdinalIgnoreCase);
            bool adds = (Counter)i is not (Counter.PrbDl or Counter.PrbUl or Counter.UeThroughputDl);
            bool isAnother = label.StartsWith("Time", StringComparison.Ordinal);   // MM.HoExeInterReq.TimeMean is a duration
            return (adds || isTotal) && !isAnother ? (Counter)i : Counter.Count;
        }
        return Counter.Count;
    }

    /// <summary>Number of the first bin in the label of a distribution (<c>.Bin46</c>, <c>.46</c>, <c>.Bin3.Bin1.Bin1</c>); -1 when the name is not of the distribution.</summary>
    public static int BinOf(ReadOnlySpan<char> name, string distribution)
    {
        if (name.Length <= distribution.Length + 1 || name[distribution.Length] != '.' || !name.StartsWith(distribution, StringComparison.Ordinal))
        {
            return -1;
        }
        int bin = -1;
        foreach (char symbol in name[(distribution.Length + 1)..])
        {
            if (char.IsAsciiDigit(symbol))
            {
                bin = Math.Min(Math.Max(bin, 0) * 10 + symbol - '0', 1000);
            }
            else if (bin >= 0)
            {
                break;
            }
        }
        return bin;
    }
}
