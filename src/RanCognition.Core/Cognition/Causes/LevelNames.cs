namespace RanCognition.Cognition.Causes;

/// <summary>Which level a metric is, by the words of its name: vendors name them each in their way.</summary>
internal static class LevelNames
{
    /// <param name="name">Without the object.</param>
    public static LevelKind Of(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> label = name[(name.LastIndexOf('.') + 1)..];
        if (Has(name, "Dist") || Has(name, ".Bin") || (label.Length > 0 && char.IsAsciiDigit(label[0])))   // bins of a distribution are counts
        {
            return LevelKind.Count;
        }
        bool isShare = Has(name, "Ratio") || Has(name, "Rate") || Has(name, "Share") || Has(name, "Percent");
        if (Has(name, "RSRP"))
        {
            return isShare || Has(name, "Weak") ? LevelKind.WeakShare : LevelKind.SignalStrength;
        }
        if (isShare)
        {
            return Has(name, "Succ") ? LevelKind.Service : LevelKind.Count;
        }
        if (Has(name, "SINR"))
        {
            return LevelKind.SignalQuality;
        }
        if (Has(name, "CQI"))
        {
            return LevelKind.ChannelQuality;
        }
        if (Has(name, "RSSI") || Has(name, "ThermalNoise") || Has(name, "Interf"))
        {
            return LevelKind.UplinkInterference;
        }
        if (Has(name, "Thp") || Has(name, "Throughput"))
        {
            return LevelKind.Service;
        }
        return Has(name, "Volume") ? LevelKind.Volume : LevelKind.Count;
    }

    private static bool Has(ReadOnlySpan<char> name, string word) => name.Contains(word, StringComparison.OrdinalIgnoreCase);
}
