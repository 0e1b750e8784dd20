using System.Globalization;
using System.Text;
using RanCognition.Contracts;

namespace RanCognition.Telemetry;

// What the report says: counted while values are taken and skipped.
internal sealed partial class MeasurementCollector
{
    /// <summary>Fields that are listed as ignored; more are dropped.</summary>
    public const int IgnoredMax = 64;

    private const int GranularitiesMax = 64;

    private readonly ulong[] _skipped = new ulong[(int)SkipReason.None];
    private readonly string?[] _firstSkipped = new string?[(int)SkipReason.None];
    private readonly List<IgnoredField> _ignored = [];
    private readonly NameTable _entities = new();
    private ulong[] _granularityNs = [];
    private MeasurementPeriod? _noted;   // the period that was looked at last: mostly many values have one
    private int _notedIndex;
    private ulong? _fromNs;
    private ulong? _toNs;
    private int _current;   // of the entities, plus one; 0 = the message's
    private string? _entity;
    private string? _sender;

    /// <summary>Fields that were not used.</summary>
    public List<IgnoredField> Ignored => _ignored;

    /// <summary>Whose measurements the rows from here on are; without a name, the message's.</summary>
    public void SetEntity(string? name)
    {
        OfferEntity(name);
        name = string.IsNullOrEmpty(name) ? _entity : name;
        _current = name is null ? 0 : _entities.Get(Encoding.UTF8.GetBytes(name)) + 1;
        RequireFewer(_current - 1, EntitiesMax, "measured entities");
    }

    /// <summary>Whose message it is; the first word counts.</summary>
    public void OfferEntity(string? name) => _entity ??= string.IsNullOrEmpty(name) ? null : name;

    /// <summary>Who sent the message: stands for the measured entity where that is not named.</summary>
    public void OfferSender(string? name) => _sender ??= string.IsNullOrEmpty(name) ? null : name;

    /// <summary>All that was taken. The message must have been read to its end.</summary>
    /// <param name="nowNs">The present: what ends later is taken too, and said.</param>
    public MeasurementBatch Finish(ulong nowNs)
    {
        CountNames(out int objects, out int names);
        _series.Close();
        _metrics.Close();
        _owned.Close();
        string network = _entity ?? _sender ?? "";
        CollectedSeries series = new(_samples, _series, _metrics, _owned, _objects, _names, Networks(network));
        List<SkippedMeasurements> skipped = [];
        for (int reason = 0; reason < _skipped.Length; reason++)
        {
            if (_skipped[reason] > 0)
            {
                skipped.Add(new SkippedMeasurements { What = $"{What((SkipReason)reason)}, the first of them {_firstSkipped[reason]}", Why = Why((SkipReason)reason), Count = _skipped[reason] });
            }
        }
        NoteFuture(series, nowNs);
        IngestReport report = new()
        {
            Format = Format ?? default,
            NetworkId = network,
            Objects = objects,
            Metrics = names,
            Samples = (ulong)_samples.Count,
            Skipped = skipped,
            FromNs = _fromNs,
            ToNs = _toNs,
            GranularityNs = _granularityNs,
            Ignored = _ignored,
        };
        return new MeasurementBatch { Report = report, Series = series };
    }

    private string[] Networks(string own)
    {
        string[] networks = new string[_entities.Count + 1];
        networks[0] = own;
        for (int i = 1; i < networks.Length; i++)
        {
            networks[i] = _entities.Text(i - 1);
        }
        return networks;
    }

    private void CountNames(out int objects, out int names)
    {
        bool[] hasObject = new bool[_objects.Count];
        bool[] hasName = new bool[_names.Count];
        objects = 0;
        names = 0;
        for (int i = 0; i < _series.Count; i++)
        {
            int managed = _owned.First(_series.First(i));
            int name = _metrics.First(_series.Second(i));
            objects += hasObject[managed] ? 0 : 1;
            names += hasName[name] ? 0 : 1;
            hasObject[managed] = true;
            hasName[name] = true;
        }
    }

    private void Note(MeasurementPeriod period)
    {
        if (ReferenceEquals(period, _noted))
        {
            return;
        }
        _noted = period;
        ulong endNs = period.EndNs ?? 0;
        ulong startNs = period.StartNs ?? endNs;
        _notedIndex = _samples.AddPeriod(endNs);
        _fromNs = _fromNs < startNs ? _fromNs : startNs;
        _toNs = _toNs > endNs ? _toNs : endNs;
        if (period.GranularityNs is { } granularityNs && _granularityNs.Length < GranularitiesMax && Array.IndexOf(_granularityNs, granularityNs) < 0)
        {
            _granularityNs = [.. _granularityNs, granularityNs];
            Array.Sort(_granularityNs);
        }
    }

    private void Skip(SkipReason reason, ReadOnlySpan<byte> managedObject, int name)
    {
        if (_skipped[(int)reason]++ == 0)
        {
            RequireLength(managedObject);
            _firstSkipped[(int)reason] = Encoding.UTF8.GetString(managedObject) + "/" + (name < 0 ? "?" : _names.Text(name));
        }
    }

    private void NoteFuture(CollectedSeries series, ulong nowNs)
    {
        long later = 0;
        int first = -1;
        for (int i = 0; i < series.Count && _toNs > nowNs; i++)
        {
            int count = _samples.CountAfter(i, nowNs);
            later += count;
            first = first < 0 && count > 0 ? i : first;
        }
        if (later > 0)
        {
            _ignored.Add(new IgnoredField("/" + series.Key(first), $"{later.ToString(CultureInfo.InvariantCulture)} samples, the first of them this metric's, end after the clock; they are taken"));
        }
    }

    private static string Why(SkipReason reason) => reason switch
    {
        SkipReason.Suspect => "suspect",
        SkipReason.BadTime => "bad_time",
        SkipReason.MissingType => "missing_type",
        SkipReason.Empty => "empty",
        _ => "not_a_number",
    };

    private static string What(SkipReason reason) => reason switch
    {
        SkipReason.Suspect => "values that their source calls suspect",
        SkipReason.BadTime => "values whose period has no end that can be read, or one before its start",
        SkipReason.MissingType => "values whose p names no measurement type",
        SkipReason.Empty => "values without a text",
        _ => "values that are no finite decimal number or list of such",
    };
}
