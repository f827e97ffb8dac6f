// A real RTSP server for the gateway's tests: one MJPEG camera of 15 pictures a second, at rtsp://127.0.0.1:PORT/camera.
package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"sync"
	"time"

	"github.com/bluenviron/gortsplib/v4"
	"github.com/bluenviron/gortsplib/v4/pkg/base"
	"github.com/bluenviron/gortsplib/v4/pkg/description"
	"github.com/bluenviron/gortsplib/v4/pkg/format"
)

const (
	width  = 160
	height = 120
	rate   = 15
)

type camera struct {
	mutex  sync.Mutex
	stream *gortsplib.ServerStream
}

func (c *camera) current() *gortsplib.ServerStream {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.stream
}

func (c *camera) OnDescribe(*gortsplib.ServerHandlerOnDescribeCtx) (*base.Response, *gortsplib.ServerStream, error) {
	return &base.Response{StatusCode: base.StatusOK}, c.current(), nil
}

func (c *camera) OnSetup(*gortsplib.ServerHandlerOnSetupCtx) (*base.Response, *gortsplib.ServerStream, error) {
	return &base.Response{StatusCode: base.StatusOK}, c.current(), nil
}

func (c *camera) OnPlay(*gortsplib.ServerHandlerOnPlayCtx) (*base.Response, error) {
	return &base.Response{StatusCode: base.StatusOK}, nil
}

func picture(number int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := 0; y < height; y++ {
		for x := 0; x < width; x++ {
			img.Set(x, y, color.RGBA{uint8(x), uint8(y + number), uint8(3 * number), 255})
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 80}); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: rtsp-server PORT")
		os.Exit(2)
	}
	mjpeg := &format.MJPEG{}
	media := &description.Media{Type: description.MediaTypeVideo, Formats: []format.Format{mjpeg}}
	cam := &camera{}
	server := &gortsplib.Server{Handler: cam, RTSPAddress: "127.0.0.1:" + os.Args[1]}
	if err := server.Start(); err != nil {
		panic(err)
	}
	stream := gortsplib.NewServerStream(server, &description.Session{Medias: []*description.Media{media}})
	cam.mutex.Lock()
	cam.stream = stream
	cam.mutex.Unlock()
	encoder, err := mjpeg.CreateEncoder()
	if err != nil {
		panic(err)
	}
	fmt.Println("serving")
	for number := 0; ; number++ {
		packets, err := encoder.Encode(picture(number))
		if err != nil {
			panic(err)
		}
		for _, packet := range packets {
			packet.Timestamp = uint32(number * 90000 / rate)
			if err := stream.WritePacketRTP(media, packet); err != nil {
				panic(err)
			}
		}
		time.Sleep(time.Second / rate)
	}
}
