using System.Globalization;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>Reads the settings of guards: {NAME: {settings} or false or true}. What no guard has is noted, not refused.</summary>
internal sealed class GuardSettingsReader(List<IgnoredField> ignored)
{
    private static readonly GuardSettings Default = new();

    private readonly List<string> _off = [];
    private readonly List<string> _bounded = [];
    private readonly List<double> _bounds = [];   // lower, upper, lower, ..
    private readonly List<KeyValuePair<string, double>> _changes = [];
    private List<string>? _allowed;
    private double _attempts = Default.MinAttempts;
    private double _confidence = Default.MinConfidence;
    private ulong _pacing = Default.PacingNs;
    private ulong _woken = Default.WokenNs;

    public GuardSettings Read(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object of guards");
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? guard))
        {
            ReadGuard(ref json, guard);
            json.LeaveField();
        }
        var bounds = new KeyValuePair<string, (double Lower, double Upper)>[_bounded.Count];
        for (int i = 0; i < bounds.Length; i++)
        {
            bounds[i] = new(_bounded[i], (_bounds[2 * i], _bounds[2 * i + 1]));
        }
        return new GuardSettings
        {
            InsufficientSamples = IsOn(GuardNames.InsufficientSamples), MinAttempts = _attempts,
            Pacing = IsOn(GuardNames.Pacing), PacingNs = _pacing,
            AtBound = IsOn(GuardNames.AtBound), Bounds = bounds,
            MaxChange = IsOn(GuardNames.MaxChange), MaxChanges = _changes,
            LowConfidence = IsOn(GuardNames.LowConfidence), MinConfidence = _confidence,
            TargetAsleep = IsOn(GuardNames.TargetAsleep),
            TargetRecentlyWoken = IsOn(GuardNames.TargetRecentlyWoken), WokenNs = _woken,
            Conflict = IsOn(GuardNames.Conflict),
            AllowedAttributes = _allowed,
        };
    }

    private bool IsOn(string guard) => !_off.Contains(guard);

    private static bool IsGuard(string name) => name is GuardNames.NotAllowed or GuardNames.ProtectedCell or GuardNames.TargetAsleep or GuardNames.TargetRecentlyWoken
        or GuardNames.InsufficientSamples or GuardNames.Pacing or GuardNames.AtBound or GuardNames.MaxChange or GuardNames.Conflict or GuardNames.Constraint or GuardNames.LowConfidence;

    private void ReadGuard(ref JsonCursor json, string guard)
    {
        if (!IsGuard(guard))
        {
            json.Ignore(ignored, "unknown guard");
            return;
        }
        switch (json.Token)
        {
            case JsonTokenType.True or JsonTokenType.Null: break;
            case JsonTokenType.False when guard is GuardNames.NotAllowed or GuardNames.ProtectedCell or GuardNames.Constraint: json.Ignore(ignored, "cannot be switched off"); break;
            case JsonTokenType.False: _off.Add(guard); break;
            default:
                json.Expect(JsonTokenType.StartObject, "an object of settings, true or false");
                ReadSettings(ref json, guard);
                break;
        }
    }

    private void ReadSettings(ref JsonCursor json, string guard)
    {
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (guard, name)
            {
                case (GuardNames.InsufficientSamples, "min_attempts"): _attempts = json.OptionalNumber(0) ?? Default.MinAttempts; break;
                case (GuardNames.Pacing, "min_interval_ns"): _pacing = JsonIn.OptionalWhole(ref json) ?? Default.PacingNs; break;
                case (GuardNames.LowConfidence, "min"): _confidence = json.OptionalNumber(0, 1) ?? Default.MinConfidence; break;
                case (GuardNames.TargetRecentlyWoken, "min_ns"): _woken = JsonIn.OptionalWhole(ref json) ?? Default.WokenNs; break;
                case (GuardNames.NotAllowed, "attributes"): _allowed = json.IsNull ? null : JsonIn.ReadStrings(ref json); break;
                case (GuardNames.AtBound, _) when !json.IsNull: ReadBound(ref json, name); break;
                case (GuardNames.MaxChange, _) when !json.IsNull: _changes.Add(new(name, json.NumberWithin(0, double.MaxValue))); break;
                case (GuardNames.AtBound or GuardNames.MaxChange, _): break;   // null: the default
                default: json.Ignore(ignored, JsonIn.Unknown); break;
            }
            json.LeaveField();
        }
    }

    private void ReadBound(ref JsonCursor json, string attribute)
    {
        double[] limits = json.NumbersWithin(2);
        if (limits.Length != 2 || limits[0] > limits[1])
        {
            json.RefuseValue(limits.Length != 2
                ? "must be [lower, upper]"
                : string.Create(CultureInfo.InvariantCulture, $"the lower bound {limits[0]} is above the upper bound {limits[1]}"));
        }
        _bounded.Add(attribute);
        _bounds.Add(limits[0]);
        _bounds.Add(limits[1]);
    }
}
