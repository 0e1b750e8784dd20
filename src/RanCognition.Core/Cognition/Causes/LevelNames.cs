namespace RanCognition.Cognition.Causes;

/// <summary>Which level a metric is, by the words of its name: vendors name them each in their way.</summary>
internal static class LevelNames
{
    private const int NameMax = 256;   // of a longer name only the beginning is looked at

    /// <param name="written">Without the object.</param>
    public static LevelKind Of(ReadOnlySpan<char> written)
    {
        // Small letters once: fifteen searches that look at case take microseconds, and there are thousands of names.
        Span<char> name = stackalloc char[Math.Min(written.Length, NameMax)];
        for (int i = 0; i < name.Length; i++)
        {
            name[i] = char.IsAsciiLetterUpper(written[i]) ? (char)(written[i] | 0x20) : written[i];
        }
        return OfSmall(name);
    }

    private static LevelKind OfSmall(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> label = name[(name.LastIndexOf('.') + 1)..];
        if (Has(name, "dist") || Has(name, ".bin") || (label.Length > 0 && char.IsAsciiDigit(label[0])))   // bins of a distribution are counts
        {
            return LevelKind.Count;
        }
        bool isShare = Has(name, "ratio") || Has(name, "rate") || Has(name, "share") || Has(name, "percent");
        if (Has(name, "rsrp"))
        {
            return isShare || Has(name, "weak") ? LevelKind.WeakShare : LevelKind.SignalStrength;
        }
        if (isShare)
        {
            return Has(name, "succ") ? LevelKind.Service : LevelKind.Count;
        }
        if (Has(name, "sinr"))
        {
            return LevelKind.SignalQuality;
        }
        if (Has(name, "cqi"))
        {
            return LevelKind.ChannelQuality;
        }
        if (Has(name, "rssi") || Has(name, "thermalnoise") || Has(name, "interf"))
        {
            return LevelKind.UplinkInterference;
        }
        if (Has(name, "thp") || Has(name, "throughput"))
        {
            return LevelKind.Service;
        }
        return Has(name, "volume") ? LevelKind.Volume : LevelKind.Count;
    }

    private static bool Has(ReadOnlySpan<char> name, string word) => name.Contains(word, StringComparison.Ordinal);
}
