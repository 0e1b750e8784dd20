using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// What a loop knows of its own corrections and changes.
public static partial class JsonIn
{
    private const int ScoresMax = 1024;   // of one window; more than any has
    private const int RecordsMax = 16;
    private const int ChallengersMax = 16;

    private static readonly string[] RecordNames =
    [
        "memory", "weight", "mean_forecast", "mean_error", "forecast_squares", "products", "error_squares", "typical_error", "given_variance", "outliers_in_a_row",
    ];

    private static readonly string[] SettingNames = ["memory", "damping", "score_window"];

    private static List<ErrorRecordState> ReadErrorRecords(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartArray, "an array of records");
        List<ErrorRecordState> records = [];
        while (json.NextElement(records.Count))
        {
            RefuseMore(ref json, records.Count, RecordsMax, "records");
            double[] numbers = ReadNamedNumbers(ref json, RecordNames, []);
            records.Add(new ErrorRecordState
            {
                Memory = numbers[0],
                Weight = numbers[1],
                MeanForecast = numbers[2],
                MeanError = numbers[3],
                ForecastSquares = numbers[4],
                Products = numbers[5],
                ErrorSquares = numbers[6],
                TypicalError = numbers[7],
                GivenVariance = numbers[8],
                OutliersInARow = SmallCount(ref json, "outliers_in_a_row", numbers[9]),
            });
            json.LeaveElement();
        }
        return records;
    }

    private static LoopSetting ReadLoopSetting(ref JsonCursor json)
    {
        double[] numbers = ReadNamedNumbers(ref json, SettingNames, []);
        return new LoopSetting(numbers[0], numbers[1], SmallCount(ref json, "score_window", numbers[2]));
    }

    private static TuningState ReadTuning(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        int? patience = null;
        bool isTesting = false;
        ulong rounds = 0;
        List<ShadowState> challengers = [];
        ShadowState? previous = null;
        int toWatch = 0;
        LoopSetting? resting = null;
        int toRest = 0;
        ulong adopted = 0;
        ulong rolledBack = 0;
        List<LoopChange> changes = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "patience": patience = (int)json.WholeWithin(0, int.MaxValue); break;
                case "is_testing": isTesting = json.Boolean(); break;
                case "rounds": rounds = json.WholeWithin(0, CountMax); break;
                case "challengers": challengers = ReadShadows(ref json); break;
                case "previous": previous = ReadShadow(ref json); break;
                case "stretches_to_watch": toWatch = (int)json.WholeWithin(0, int.MaxValue); break;
                case "resting": resting = ReadLoopSetting(ref json); break;
                case "rounds_to_rest": toRest = (int)json.WholeWithin(0, int.MaxValue); break;
                case "adopted": adopted = json.WholeWithin(0, CountMax); break;
                case "rolled_back": rolledBack = json.WholeWithin(0, CountMax); break;
                case "changes": changes = ReadLoopChanges(ref json); break;
                default: json.Refuse(Unknown); break;
            }
            json.LeaveField();
        }
        if (patience is null)
        {
            json.Refuse("field 'patience' is missing");
        }
        return new TuningState
        {
            Patience = patience.Value,
            IsTesting = isTesting,
            Rounds = rounds,
            Challengers = challengers,
            Previous = previous,
            StretchesToWatch = toWatch,
            Resting = resting,
            RoundsToRest = toRest,
            Adopted = adopted,
            RolledBack = rolledBack,
            Changes = changes,
        };
    }

    private static List<ShadowState> ReadShadows(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartArray, "an array of settings");
        List<ShadowState> shadows = [];
        while (json.NextElement(shadows.Count))
        {
            RefuseMore(ref json, shadows.Count, ChallengersMax, "settings");
            shadows.Add(ReadShadow(ref json));
            json.LeaveElement();
        }
        return shadows;
    }

    private static ShadowState ReadShadow(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        LoopSetting? setting = null;
        double[] scores = [];
        int steps = 0;
        double usedLoss = 0;
        double loss = 0;
        double batch = 0;
        double mean = 0;
        double squares = 0;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "setting": setting = ReadLoopSetting(ref json); break;
                case "steps": steps = (int)json.WholeWithin(0, int.MaxValue); break;
                case "used_loss": usedLoss = json.Number(); break;
                case "loss": loss = json.Number(); break;
                case "batch_difference": batch = json.Number(); break;
                case "mean_difference": mean = json.Number(); break;
                case "squared_differences": squares = json.Number(); break;
                case "scores": scores = json.NumbersWithin(ScoresMax, 0); break;
                default: json.Refuse(Unknown); break;
            }
            json.LeaveField();
        }
        if (setting is null)
        {
            json.Refuse("field 'setting' is missing");
        }
        return new ShadowState
        {
            Setting = setting, Scores = scores, Steps = steps, UsedLoss = usedLoss, Loss = loss, BatchDifference = batch, MeanDifference = mean, SquaredDifferences = squares,
        };
    }

    private static List<LoopChange> ReadLoopChanges(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartArray, "an array of changes");
        List<LoopChange> changes = [];
        while (json.NextElement(changes.Count))
        {
            RefuseMore(ref json, changes.Count, StrangeLoopLimits.ChangesKeptMax, "changes");
            changes.Add(ReadLoopChange(ref json));
            json.LeaveElement();
        }
        return changes;
    }

    private static LoopChange ReadLoopChange(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        ulong time = 0;
        bool isRollback = false;
        LoopSetting? before = null;
        LoopSetting? after = null;
        double lossBefore = 0;
        double lossAfter = 0;
        double pValue = 0;
        int steps = 0;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "time_ns": time = json.Whole(); break;
                case "is_rollback": isRollback = json.Boolean(); break;
                case "before": before = ReadLoopSetting(ref json); break;
                case "after": after = ReadLoopSetting(ref json); break;
                case "loss_before": lossBefore = json.Number(); break;
                case "loss_after": lossAfter = json.Number(); break;
                case "p_value": pValue = json.Number(); break;
                case "steps": steps = (int)json.WholeWithin(0, int.MaxValue); break;
                default: json.Refuse(Unknown); break;
            }
            json.LeaveField();
        }
        if (before is null || after is null)
        {
            json.Refuse($"field '{(before is null ? "before" : "after")}' is missing");
        }
        return new LoopChange
        {
            TimeNs = time, IsRollback = isRollback, Before = before, After = after, LossBefore = lossBefore, LossAfter = lossAfter, PValue = pValue, Steps = steps,
        };
    }

    /// <summary>An object of numbers that all must be there.</summary>
    /// <param name="json">At the object.</param>
    /// <param name="names">In the order of the result.</param>
    /// <param name="derived">Fields that may be there, after these in the result: NaN where they are not there or null.</param>
    private static double[] ReadNamedNumbers(ref JsonCursor json, string[] names, string[] derived)
    {
        json.Expect(JsonTokenType.StartObject, "an object of numbers");
        double[] numbers = new double[names.Length + derived.Length];
        Array.Fill(numbers, double.NaN);
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            int place = Array.IndexOf(names, name);
            if (place >= 0)
            {
                numbers[place] = json.Number();
            }
            else
            {
                place = Array.IndexOf(derived, name);
                if (place < 0)
                {
                    json.Refuse(Unknown);
                }
                numbers[names.Length + place] = json.OptionalNumber() ?? double.NaN;
            }
            json.LeaveField();
        }
        for (int i = 0; i < names.Length; i++)
        {
            if (double.IsNaN(numbers[i]))
            {
                json.Refuse($"field '{names[i]}' is missing");
            }
        }
        return numbers;
    }

    private static ulong Count(ref JsonCursor json, string name, double value)
    {
        if (!(value >= 0 && value <= CountMax && value == Math.Floor(value)))
        {
            json.RefuseValue($"{name} must be a whole number 0..{CountMax}");
        }
        return (ulong)value;
    }

    private static int SmallCount(ref JsonCursor json, string name, double value) => (int)Math.Min(int.MaxValue, Count(ref json, name, value));
}
