using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Draws a network from above: a sector for each cell, coloured by its load, and a point for each user, coloured by its rate. Drawn without a script.</summary>
/// <remarks>Users of one colour are one path, so that thousands of them are four elements. Cells of one site and direction (layers of carriers) lie inside each other.</remarks>
internal sealed class NetworkDrawing
{
    public const int CellsMax = 2000;

    private const int UsersMax = 5000, SitesMax = 2000;
    private const double Width = 1000, Edge = 20, HeightMin = 300, HeightMax = 1500;

    /// <summary>A place farther out than this, in metres, is none.</summary>
    private const double FarMax = 1e9;

    /// <summary>Of the distance to the nearest other site: how far a sector reaches.</summary>
    private const double Reach = 0.45;

    private const double SectorDegMax = 110;
    private const string RateBefore = "rate_mbps_before", RateAfter = "rate_mbps_after";
    private static readonly double[] LoadSteps = [0.25, 0.5, 0.75, 1];

    private readonly List<JsonElement> _cells;
    private readonly List<JsonElement> _users = [];
    private readonly List<PlotPoint> _sites;
    private readonly double[] _rateSteps = [];
    private readonly double _left, _top, _scale, _height, _reach;

    public NetworkDrawing(JsonElement map)
    {
        _cells = [.. map.Objects("cells").Take(CellsMax)];
        _sites = [.. map.Objects("sites").Take(SitesMax).Select(PlaceOf)];
        foreach (var user in map.Objects("users").Take(UsersMax))
        {
            if (IsPlace(PlaceOf(user)))
            {
                _users.Add(user);
            }
        }
        List<PlotPoint> sites = _sites.FindAll(IsPlace), places = [.. sites, .. _users.Select(PlaceOf)];
        HasPlaces = places.Count > 0;
        if (!HasPlaces)
        {
            return;
        }
        double left = places.Min(place => place.X), right = places.Max(place => place.X), low = places.Min(place => place.Y), high = places.Max(place => place.Y);
        var extent = Math.Max(Math.Max(right - left, high - low), 1);
        _reach = Math.Max(Math.Min(Nearest(sites) * Reach, extent / 4), extent / 80);
        foreach (var site in sites)
        {
            (left, right, low, high) = (Math.Min(left, site.X - _reach), Math.Max(right, site.X + _reach), Math.Min(low, site.Y - _reach), Math.Max(high, site.Y + _reach));
        }
        _scale = Math.Min((Width - 2 * Edge) / Math.Max(right - left, 1), (HeightMax - 2 * Edge) / Math.Max(high - low, 1));
        _height = Math.Max(HeightMin, (high - low) * _scale + 2 * Edge);
        _left = (left + right) / 2 - Width / 2 / _scale;
        _top = (low + high) / 2 + _height / 2 / _scale;
        var rates = Ascending(_users, RateBefore, RateAfter);
        _rateSteps = rates.Length > 0 && rates[^1] > rates[0] ? [Share(rates, 0.25), Share(rates, 0.5), Share(rates, 0.75)] : [];
    }

    /// <summary>Whether it is known where anything is.</summary>
    public bool HasPlaces { get; }

    /// <summary>Smallest value that the share <paramref name="share"/> of them does not exceed; NaN of none.</summary>
    public static double Share(double[] ascending, double share) => ascending.Length == 0 ? double.NaN : ascending[Math.Clamp((int)Math.Ceiling(share * ascending.Length) - 1, 0, ascending.Length - 1)];

    /// <summary>The known numbers of these members, the smallest first.</summary>
    public static double[] Ascending(List<JsonElement> holders, params ReadOnlySpan<string> names)
    {
        List<double> found = [];
        foreach (var holder in holders)
        {
            foreach (var name in names)
            {
                if (PlainPlot.IsDrawable(holder.Number(name)))
                {
                    found.Add(holder.Number(name));
                }
            }
        }
        double[] numbers = [.. found];
        Array.Sort(numbers);
        return numbers;
    }

    public static double Mean(double[] numbers)
    {
        double mean = 0;
        foreach (var number in numbers)
        {
            mean += number / numbers.Length;
        }
        return numbers.Length > 0 ? mean : double.NaN;
    }

    public static bool IsChanged(JsonElement cell) => Differs(cell, "tilt_deg") || Differs(cell, "power_dbm") || cell.Member("on_before").ValueKind != cell.Member("on_after").ValueKind;

    public void Write(HtmlWriter html, bool isAfter)
    {
        var name = isAfter ? "After" : "Before";
        html.Open("figure", "map").Element("figcaption", isAfter && _cells.Exists(IsChanged) ? "After; cells that change have a thick edge" : name);
        html.Open("svg", null, ("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {Math.Ceiling(_height)}")), ("role", "img"), ("aria-label", Description(name, isAfter)));
        Sectors(html, isAfter);
        var text = new StringBuilder(16 * _users.Count + 256);
        for (var level = 0; level <= 4; level++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"rate r{level}\" d=\"");
            foreach (var user in _users)
            {
                if (RateLevel(user.Number(isAfter ? RateAfter : RateBefore)) == level)
                {
                    Place(text.Append('M'), user.Number("x"), user.Number("y")).Append("h0");
                }
            }
            text.Append("\"/>");
        }
        html.Raw(text.ToString()).Close().CloseLine();
    }

    public void WriteKey(HtmlWriter html)
    {
        html.Open("ul", "key map-key", ("aria-label", "Colours of the map"));
        string[] loads = ["Load up to 25\u00A0%", "up to 50\u00A0%", "up to 75\u00A0%", "up to 100\u00A0%", "overloaded"];
        for (var level = 1; level <= loads.Length; level++)
        {
            html.Element("li", loads[level - 1], "load l" + level.ToString(CultureInfo.InvariantCulture));
        }
        html.Element("li", "load not known", "load l0").Element("li", "off", "load off");
        for (var level = 1; level <= 4 && _users.Count > 0; level++)
        {
            if (_rateSteps.Length > 0)
            {
                html.Element("li", level == 4 ? $"user above {Words.Number(_rateSteps[2])} Mbit/s" : $"user up to {Words.Number(_rateSteps[level - 1])}", "rate r" + level.ToString(CultureInfo.InvariantCulture));
            }
        }
        if (_users.Count > 0)
        {
            if (_rateSteps.Length == 0 && _users.Exists(user => RateLevel(user.Number(RateBefore)) > 0 || RateLevel(user.Number(RateAfter)) > 0))
            {
                html.Element("li", "user", "rate r4");
            }
            html.Element("li", "user whose rate is not known", "rate r0");
        }
        html.CloseLine();
    }

    private void Sectors(HtmlWriter html, bool isAfter)
    {
        var (load, on, tilt, power) = isAfter ? ("load_after", "on_after", "tilt_deg_after", "power_dbm_after") : ("load_before", "on_before", "tilt_deg_before", "power_dbm_before");
        // How many directions a site has, how many layers each direction, and how many of those are drawn.
        Dictionary<string, int> directions = new(StringComparer.Ordinal), layers = new(StringComparer.Ordinal), drawn = new(StringComparer.Ordinal);
        foreach (var cell in _cells)
        {
            if (Add(layers, Layer(cell)) == 0)
            {
                Add(directions, cell.Text("site"));
            }
        }
        for (var index = 0; index < _cells.Count; index++)
        {
            var cell = _cells[index];
            double site = cell.Number("site"), direction = Direction(cell);
            if (!(site >= 0 && site < _sites.Count) || !IsPlace(_sites[(int)site]))
            {
                continue;
            }
            var layer = Add(drawn, Layer(cell));
            var level = cell.Member(on).ValueKind == JsonValueKind.False ? "off" : "l" + LoadLevel(cell.Number(load)).ToString(CultureInfo.InvariantCulture);
            var path = Wedge(_sites[(int)site], direction, Math.Min(SectorDegMax, 330.0 / directions[cell.Text("site")]), _reach * (1 - (double)layer / layers[Layer(cell)]));
            html.Raw($"<path class=\"load {level}{(isAfter && IsChanged(cell) ? " changed" : "")}\" d=\"{path}\">");
            html.Element("title", $"{OptimizationSections.CellName(index)}: azimuth {Words.Number(cell.Number("azimuth_deg"))}°, tilt {Words.Number(cell.Number(tilt))}°, {Words.Number(cell.Number(power))} dBm, "
                + (level == "off" ? "off" : "load " + Words.Percent(cell.Number(load)))).Raw("</path>");
        }
    }

    /// <summary>Azimuths count counter-clockwise from the x axis.</summary>
    private string Wedge(PlotPoint site, double direction, double width, double radius)
    {
        const int Corners = 6;
        var text = Place(new StringBuilder(80).Append('M'), site.X, site.Y);
        for (var corner = 0; corner <= Corners; corner++)
        {
            var angle = (direction - width / 2 + width * corner / Corners) * Math.PI / 180;
            Place(text.Append('L'), site.X + radius * Math.Cos(angle), site.Y + radius * Math.Sin(angle));
        }
        return text.Append('Z').ToString();
    }

    private StringBuilder Place(StringBuilder text, double x, double y) => text.Append(CultureInfo.InvariantCulture, $"{(x - _left) * _scale:0.#} {(_top - y) * _scale:0.#}");

    private string Description(string name, bool isAfter)
    {
        var load = isAfter ? "load_after" : "load_before";
        var on = isAfter ? "on_after" : "on_before";
        var overloaded = _cells.Count(cell => cell.Number(load) > 1);
        return $"{name}: {Words.Count(_sites.Count, "site")}, {Words.Count(_cells.Count, "cell")}, {Words.Count(_cells.Count(cell => cell.Member(on).ValueKind == JsonValueKind.False), "cell")} off, "
            + $"{overloaded.ToString(CultureInfo.InvariantCulture)} overloaded, {Words.Count(_users.Count, "user")}. The numbers are in the tables.";
    }

    private int RateLevel(double rate)
    {
        if (!PlainPlot.IsDrawable(rate))
        {
            return 0;
        }
        if (_rateSteps.Length == 0)
        {
            return 4;
        }
        return rate <= _rateSteps[0] ? 1 : rate <= _rateSteps[1] ? 2 : rate <= _rateSteps[2] ? 3 : 4;
    }

    private static int LoadLevel(double load)
    {
        if (double.IsNaN(load))
        {
            return 0;
        }
        var level = 1;
        while (level <= LoadSteps.Length && load > LoadSteps[level - 1])
        {
            level++;
        }
        return level;
    }

    private static double Direction(JsonElement cell) => cell.Number("azimuth_deg") is var azimuth && Math.Abs(azimuth) < FarMax ? Math.Round(azimuth, 1) : 0;

    private static bool Differs(JsonElement cell, string name)
    {
        double before = cell.Number(name + "_before"), after = cell.Number(name + "_after");
        return !double.IsNaN(before) && !double.IsNaN(after) && before != after;
    }

    private static PlotPoint PlaceOf(JsonElement holder) => new(holder.Number("x"), holder.Number("y"));

    private static string Layer(JsonElement cell) => cell.Text("site") + " " + Direction(cell).ToString(CultureInfo.InvariantCulture);

    /// <summary>Counts one more; gives how many there were.</summary>
    private static int Add(Dictionary<string, int> counts, string name)
    {
        var count = counts.GetValueOrDefault(name);
        counts[name] = count + 1;
        return count;
    }

    private static bool IsPlace(PlotPoint place) => Math.Abs(place.X) < FarMax && Math.Abs(place.Y) < FarMax;

    /// <summary>Smallest distance between two sites that do not stand on the same place.</summary>
    private static double Nearest(List<PlotPoint> sites)
    {
        var nearest = double.PositiveInfinity;
        for (var one = 0; one < sites.Count; one++)
        {
            for (var other = one + 1; other < sites.Count; other++)
            {
                double x = sites[one].X - sites[other].X, y = sites[one].Y - sites[other].Y, distance = Math.Sqrt(x * x + y * y);
                nearest = distance > 0 && distance < nearest ? distance : nearest;
            }
        }
        return nearest;
    }
}
