// SPDX-License-Identifier: MIT

package main

import (
	"image/color"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// A picture shows some scenarios.
type picture struct {
	file, title string
	below       string   // the section that it stands in
	scenarios   []string // bars side by side; the axis of a single one with an axis
	names       []string // the cases
	y           string
	held        bool // bytes in place of time
}

var plots = []picture{
	{file: "handlers", title: "A handler alone", below: "parallel", y: "nanoseconds",
		scenarios: []string{"message", "five", "bound", "group", "source"},
		names:     []string{"slogx %", "slogx json", "phuslu", "zerolog", "slog json", "slog text", "zap json", "tint"}},
	{file: "calls", title: "Whole calls", below: "request", y: "nanoseconds", scenarios: []string{"call", "call five", "request"},
		names: []string{"slogx %", "slogx json", "slog json", "phuslu", "zap (own calls)", "zerolog (own calls)", "hclog", "logrus"}},
	{file: "handlers-number", title: "A record for several handlers", below: "fan-out", y: "nanoseconds", scenarios: []string{"fan-out"},
		names: []string{"slogx tree", "slogx tree, any handler", "slog.NewMultiHandler"}},
	{file: "depth", title: "A record from some levels below the handlers", below: "depth", y: "nanoseconds", scenarios: []string{"depth"},
		names: []string{"1 handler", "2 handlers", "4 handlers"}},
	{file: "loggers-create", title: "Making loggers, for each", below: "create", y: "nanoseconds", scenarios: []string{"create"},
		names: []string{"slogx", "loggo", "Python"}},
	{file: "loggers-memory", title: "The memory of a logger", below: "create", y: "bytes", scenarios: []string{"create"},
		names: []string{"slogx", "loggo", "Python"}, held: true},
	{file: "loggers-look-up", title: "Finding a logger by its name", below: "look up", y: "nanoseconds", scenarios: []string{"look up"},
		names: []string{"slogx", "slogx, any", "loggo", "loggo, any", "Python"}},
	{file: "loggers-set-level", title: "Changing the root's level", below: "set level", y: "nanoseconds", scenarios: []string{"set level"},
		names: []string{"slogx", "slogx, and a record", "loggo", "Python"}},
}

// palette keeps neighbours apart, for those who see no red or green, too.
var palette = []color.Color{
	color.RGBA{0x00, 0x72, 0xb2, 255}, color.RGBA{0x56, 0xb4, 0xe9, 255}, color.RGBA{0xe6, 0x9f, 0x00, 255}, color.RGBA{0xd5, 0x5e, 0x00, 255},
	color.RGBA{0xcc, 0x79, 0xa7, 255}, color.RGBA{0xf0, 0xe4, 0x42, 255}, color.RGBA{0x00, 0x9e, 0x73, 255}, color.RGBA{0x77, 0x77, 0x77, 255},
}

// plot draws all pictures into a directory.
func (r report) plot(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, p := range plots {
		canvas, err := r.draw(&p)
		if err != nil {
			return err
		}
		if err := canvas.Save(8*vg.Inch, 4*vg.Inch, filepath.Join(dir, p.file+".svg")); err != nil {
			return err
		}
	}
	return nil
}

func (r report) draw(p *picture) (*plot.Plot, error) {
	canvas := plot.New()
	canvas.BackgroundColor = color.White // readable on a dark page
	canvas.Title.Text, canvas.Y.Label.Text = p.title, p.y
	canvas.Title.Padding = vg.Points(8)
	canvas.Legend.Top, canvas.Legend.Left, canvas.Legend.Padding = true, true, vg.Points(3)
	canvas.Y.Min = 0
	first := r.section(p.scenarios[0])
	if first == nil || first.Axis == "" {
		return canvas, r.bars(canvas, p)
	}
	return canvas, first.lines(canvas, p)
}

// bars draws the scenarios side by side, a bar for each case.
func (r report) bars(canvas *plot.Plot, p *picture) error {
	width := vg.Points(400 / float64(len(p.scenarios)*(len(p.names)+1)))
	for i, name := range p.names {
		values := make(plotter.Values, len(p.scenarios))
		for k, scenario := range p.scenarios {
			if row := r.row(scenario, name, 0); row != nil {
				values[k] = row.Center
			}
		}
		bars, err := plotter.NewBarChart(values, width)
		if err != nil {
			return err
		}
		bars.Color, bars.LineStyle.Width = palette[i], 0
		bars.Offset = width * vg.Length(float64(i)-float64(len(p.names)-1)/2)
		canvas.Add(bars)
		canvas.Legend.Add(name, bars)
	}
	canvas.NominalX(p.scenarios...)
	return nil
}

// lines draws a scenario along its axis, a line for each case.
func (s *section) lines(canvas *plot.Plot, p *picture) error {
	canvas.X.Label.Text = s.Axis
	var places []float64
	for i, name := range p.names {
		var points plotter.XYs
		for _, row := range s.rows {
			if row.name != name && !(row.foreign && name == "Python") {
				continue
			}
			y := row.Center
			if p.held {
				y = row.held
			}
			if y > 0 && !(p.held && row.at < 1000) {
				points = append(points, plotter.XY{X: float64(row.at), Y: y})
				places = append(places, float64(row.at))
			}
		}
		if len(points) == 0 {
			continue
		}
		line, dots, err := plotter.NewLinePoints(points)
		if err != nil {
			return err
		}
		line.Color, dots.Color, line.Width = palette[i], palette[i], vg.Points(2)
		canvas.Add(line, dots)
		canvas.Legend.Add(name, line, dots)
	}
	slices.Sort(places)
	places = slices.Compact(places)
	canvas.X.Tick.Marker = plot.ConstantTicks(ticks(places))
	if len(places) > 0 && places[len(places)-1] > 100 {
		canvas.X.Scale, canvas.X.Max = plot.LogScale{}, 3*places[len(places)-1] // room for the last label
		if low, high := canvas.Y.Min, canvas.Y.Max; low <= 0 || high > 100*low {
			canvas.Y.Scale, canvas.Y.Tick.Marker = plot.LogScale{}, plot.LogTicks{Prec: -1}
			canvas.Y.Min = math.Pow(10, math.Floor(math.Log10(lowest(s, p))))
		}
	}
	return nil
}

// lowest returns the least value of a picture, which a logarithmic axis must not go below.
func lowest(s *section, p *picture) float64 {
	least := math.Inf(1)
	for _, row := range s.rows {
		y := row.Center
		if p.held {
			y = row.held
		}
		if y > 0 && (slices.Contains(p.names, row.name) || row.foreign) {
			least = min(least, y)
		}
	}
	return least
}

func ticks(places []float64) (all []plot.Tick) {
	for _, x := range places {
		all = append(all, plot.Tick{Value: x, Label: axisLabel(x)})
	}
	return all
}

func axisLabel(x float64) string {
	switch {
	case x >= 1e6:
		return "1,000,000"
	case x >= 1e3:
		return "1,000"
	}
	return strconv.Itoa(int(x))
}
