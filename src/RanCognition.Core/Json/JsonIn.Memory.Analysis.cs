using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    private const string AnalysisOps = "skills, effect, prune or backup";

    /// <summary>{"op":"skills|effect|prune|backup", ..}</summary>
    public static MemoryAnalysis MemoryAnalysis(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        MemoryAnalysis analysis = ReadAnalysis(ref json);
        json.End();
        return analysis;
    }

    private static MemoryAnalysis ReadAnalysis(ref JsonCursor json)
    {
        List<IgnoredField> ignored = [];
        return LookAhead(json, AnalysisOps).Op switch
        {
            "skills" => ReadSkills(ref json, ignored) with { Ignored = ignored },
            "effect" => ReadEffect(ref json, ignored) with { Ignored = ignored },
            "prune" => ReadPrune(ref json, ignored) with { Ignored = ignored },
            _ => ReadBackup(ref json, ignored) with { Ignored = ignored },
        };
    }

    private static SkillsAnalysis ReadSkills(ref JsonCursor json, List<IgnoredField> ignored)
    {
        SkillsAnalysis skills = new();
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "op": break;
                case "min_count": skills = skills with { MinCount = (int)json.WholeWithin(1, int.MaxValue) }; break;
                case "filter": skills = skills with { Filter = ReadFilter(ref json) }; break;
                case "half_life_ns": skills = skills with { HalfLifeNs = json.Token == JsonTokenType.Null ? null : json.WholeWithin(1, MemoryLimits.TimeMax) }; break;
                case "coverage": skills = skills with { Coverage = ReadCoverage(ref json) }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return skills;
    }

    private static EffectAnalysis ReadEffect(ref JsonCursor json, List<IgnoredField> ignored)
    {
        ActionPattern? action = null;
        string? outcome = null;
        EpisodeFilter filter = Contracts.EpisodeFilter.Everything;
        double? coverage = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "op": break;
                case "action":
                    action = ReadPattern(ref json, ignored);
                    if (action == new ActionPattern(null, null, null, null))
                    {
                        json.RefuseValue("matches everything: managedObject, attribute, before or after is needed");
                    }
                    break;
                case "outcome": outcome = ReadFilledName(ref json); break;
                case "filter": filter = ReadFilter(ref json); break;
                case "coverage": coverage = ReadCoverage(ref json); break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (action is null || outcome is null)
        {
            json.Refuse($"field '{(action is null ? "action" : "outcome")}' is missing");
        }
        EffectAnalysis effect = new() { Action = action, Outcome = outcome, Filter = filter };
        return coverage is { } given ? effect with { Coverage = given } : effect;
    }

    private static PruneAnalysis ReadPrune(ref JsonCursor json, List<IgnoredField> ignored)
    {
        PruneAnalysis prune = new();
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            bool isNull = json.Token == JsonTokenType.Null;
            switch (name)
            {
                case "op": break;
                case "max_rows": prune = prune with { MaxRows = isNull ? null : json.Whole() }; break;
                case "max_age_ns": prune = prune with { MaxAgeNs = isNull ? null : json.WholeWithin(0, MemoryLimits.TimeMax) }; break;
                case "min_reward": prune = prune with { MinReward = isNull ? null : json.Number() }; break;
                case "filter": prune = prune with { Filter = ReadFilter(ref json) }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (prune.MaxRows is null && prune.MaxAgeNs is null && prune.MinReward is null)
        {
            json.RefuseValue("no bound: max_rows, max_age_ns or min_reward is needed");
        }
        return prune;
    }

    private static BackupAnalysis ReadBackup(ref JsonCursor json, List<IgnoredField> ignored)
    {
        string? path = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "op": break;
                case "path": path = ReadPath(ref json); break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (path is null)
        {
            json.Refuse("field 'path' is missing");
        }
        return new BackupAnalysis { Path = path };
    }

    private static double ReadCoverage(ref JsonCursor json)
    {
        double coverage = json.Number();
        if (coverage is <= 0 or >= 1)
        {
            json.RefuseValue("must be above 0 and below 1");
        }
        return coverage;
    }
}
